package a

var t = []int{
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
	// one
	1,
}
