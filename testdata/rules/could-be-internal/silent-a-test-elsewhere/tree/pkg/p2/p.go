package p2
