package app

func F(x int) {
	if x == 0 {
		return
	}
	if x == 1 {
		return
	}
	if x == 2 {
		return
	}
	if x == 3 {
		return
	}
	if x == 4 {
		return
	}
	if x == 5 {
		return
	}
	if x == 6 {
		return
	}
	if x == 7 {
		return
	}
	if x == 8 {
		return
	}
	if x == 9 {
		return
	}
	if x == 10 {
		return
	}
	if x == 11 {
		return
	}
	if x == 12 {
		return
	}
	if x == 13 {
		return
	}
	if x == 14 {
		return
	}
	if x == 15 {
		return
	}
}
