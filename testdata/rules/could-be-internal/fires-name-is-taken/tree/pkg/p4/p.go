package p4
