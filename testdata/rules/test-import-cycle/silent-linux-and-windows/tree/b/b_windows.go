package b

import "example.com/m/a"

func init() { a.A() }
