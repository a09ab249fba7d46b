package a

func f(x int) int {
	// x

	// x

	// x

	// x

	// x

	// x

	// x

	// x

	// x

	// x

	// x

	// x

	// x

	// x

	// x

	// x

	// x

	// x

	// x

	// x

	// x

	// x

	// x

	// x

	// x

	// x

	// x

	// x

	// x

	// x

	// x

	// x

	// x

	// x

	// x

	// x

	// x

	// x

	// x

	// x

	// x

	// x

	// x

	// x

	// x

	// x

	// x

	// x

	// x

	// x

	// x

	// x

	// x

	// x

	// x

	// x

	// x

	// x

	// x

	// x

	x++
	x++
	x++
	x++
	x++
	x++
	x++
	x++
	x++
	x++
	x++
	x++
	x++
	x++
	x++
	x++
	x++
	x++
	x++
	x++
	x++
	x++
	x++
	x++
	x++
	x++
	x++
	x++
	x++
	x++
	x++
	x++
	x++
	x++
	x++
	x++
	x++
	x++
	x++
	x++
	x++
	x++
	x++
	x++
	x++
	x++
	x++
	x++
	x++
	x++
	x++
	x++
	x++
	x++
	x++
	x++
	x++
	x++
	x++
	x++
	x++
	x++
	x++
	x++
	x++
	x++
	x++
	x++
	x++
	x++
	return x
}
