package p0
