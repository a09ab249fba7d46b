package a

type T struct{}

func (t *T) f(a, b, c, d int, e, f, g string, h ...bool) {}
