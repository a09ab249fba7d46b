package c

import "example.com/m/a"

func C() { a.A() }
