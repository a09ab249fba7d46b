package order

func F(x int) int {
	if x == 0 {
		for x < 10 {
			x++
		}
		return 1
	}
	return 2
}
