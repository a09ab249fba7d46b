package price

func Total() {}
