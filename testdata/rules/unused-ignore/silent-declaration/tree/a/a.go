package a

const One = 1

// F is a table in disguise.
//
//meshctl:ignore function-complexity -- a table in disguise
func F(a, b bool) int {
	if a && b {
		return One
	}
	return 2
}

func G(a bool) int { //meshctl:ignore MC301 -- short anyway
	if a {
		return 1
	}
	return 2
}
