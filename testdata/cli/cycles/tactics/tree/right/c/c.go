package c

import "example.com/mill/left/a"

func C() int { return a.A(3) }
