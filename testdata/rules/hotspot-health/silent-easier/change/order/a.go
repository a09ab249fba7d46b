package order

func F(x int) int { return 2 }
