package p3
