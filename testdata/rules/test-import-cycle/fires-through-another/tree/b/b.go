package b

import "example.com/m/c"

func B() { c.C() }
