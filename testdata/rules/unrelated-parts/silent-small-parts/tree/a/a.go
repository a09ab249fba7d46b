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

