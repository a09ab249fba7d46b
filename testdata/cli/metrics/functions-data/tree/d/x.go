package d

func (x *T) M(a, b int) (c string, err error) {
	// why

	_ = a && b || c
	return
}

func declared(int)

var lit = func() { }
