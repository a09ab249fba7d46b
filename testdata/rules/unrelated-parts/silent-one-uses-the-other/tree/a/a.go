package a

type Order struct{ n int }

func (t *Order) M0() int {
	t.n++
	t.n++
	t.n++
	t.n++
	t.n++
	t.n++
	t.n++
	t.n++
	t.n++
	t.n++
	t.n++
	t.n++
	t.n++
	t.n++
	t.n++
	return t.n
}

func (t *Order) M1() int {
	t.n++
	t.n++
	t.n++
	t.n++
	t.n++
	t.n++
	t.n++
	t.n++
	t.n++
	t.n++
	t.n++
	t.n++
	t.n++
	t.n++
	t.n++
	return t.n
}

func (t *Order) M2() int {
	t.n++
	t.n++
	t.n++
	t.n++
	t.n++
	t.n++
	t.n++
	t.n++
	t.n++
	t.n++
	t.n++
	t.n++
	t.n++
	t.n++
	t.n++
	return t.n
}

func (t *Order) M3() int {
	t.n++
	t.n++
	t.n++
	t.n++
	t.n++
	t.n++
	t.n++
	t.n++
	t.n++
	t.n++
	t.n++
	t.n++
	t.n++
	t.n++
	t.n++
	return t.n
}

func (t *Order) M4() int {
	t.n++
	t.n++
	t.n++
	t.n++
	t.n++
	t.n++
	t.n++
	t.n++
	t.n++
	t.n++
	t.n++
	t.n++
	t.n++
	t.n++
	t.n++
	return t.n
}

func (t *Order) M5() int {
	t.n++
	t.n++
	t.n++
	t.n++
	t.n++
	t.n++
	t.n++
	t.n++
	t.n++
	t.n++
	t.n++
	t.n++
	t.n++
	t.n++
	t.n++
	return t.n
}

func (t *Order) M6() int {
	t.n++
	t.n++
	t.n++
	t.n++
	t.n++
	t.n++
	t.n++
	t.n++
	t.n++
	t.n++
	t.n++
	t.n++
	t.n++
	t.n++
	t.n++
	return t.n
}

func (t *Order) M7() int {
	t.n++
	t.n++
	t.n++
	t.n++
	t.n++
	t.n++
	t.n++
	t.n++
	t.n++
	t.n++
	t.n++
	t.n++
	t.n++
	t.n++
	t.n++
	return t.n
}

func (t *Order) M8() int {
	t.n++
	t.n++
	t.n++
	t.n++
	t.n++
	t.n++
	t.n++
	t.n++
	t.n++
	t.n++
	t.n++
	t.n++
	t.n++
	t.n++
	t.n++
	return t.n
}

func (t *Order) M9() int {
	t.n++
	t.n++
	t.n++
	t.n++
	t.n++
	t.n++
	t.n++
	t.n++
	t.n++
	t.n++
	t.n++
	t.n++
	t.n++
	t.n++
	t.n++
	return t.n
}

func (t *Order) rate() *Rate { return new(Rate) }
