package a

func f(x []int) int {
	for _, v0 := range x {
		for _, v1 := range x {
			for _, v2 := range x {
				for _, v3 := range x {
					for _, v4 := range x {
						for _, v5 := range x {
							return 1
						}
					}
				}
			}
		}
	}
	return 0
}
