package order

func F(a, b, c, d, e, f, g, h int) {}

func G() {}

func H() {}
