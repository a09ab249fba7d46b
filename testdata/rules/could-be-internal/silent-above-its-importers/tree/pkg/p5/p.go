package p5
