package order

func I() {}
