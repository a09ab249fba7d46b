package order

func I(a, b, c, d, e, f, g, h int) {}
