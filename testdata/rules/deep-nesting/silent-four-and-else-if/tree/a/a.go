package a

func f(x []int) int {
	for _, v0 := range x {
		for _, v1 := range x {
			for _, v2 := range x {
				for _, v3 := range x {
					return 1
				}
			}
		}
	}
	return 0
}

func g(x int) int {
	if x == 0 {
		return 0
	} else if x == 1 {
		return 1
	} else if x == 2 {
		return 2
	} else if x == 3 {
		return 3
	} else if x == 4 {
		return 4
	} else if x == 5 {
		return 5
	} else if x == 6 {
		return 6
	} else if x == 7 {
		return 7
	}
	return 9
}
