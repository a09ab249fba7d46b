package a

import "example.com/mill/right/b"

func A(n int) int {
	if n == 0 {
		return b.Zero
	}
	return n
}
