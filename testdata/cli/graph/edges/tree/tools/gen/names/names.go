package names

func All() []int { return nil }
