package p1










