package p1
