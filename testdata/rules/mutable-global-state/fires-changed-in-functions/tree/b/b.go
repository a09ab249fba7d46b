package b

import "ex.com/m/a"

func Reset() { a.Count = 0 }
