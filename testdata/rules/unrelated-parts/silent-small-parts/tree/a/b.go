package a

type Rate struct{ n int }

func (t *Rate) M0() int {
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

func (t *Rate) M1() int {
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

func (t *Rate) M2() int {
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

func (t *Rate) M3() int {
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

func (t *Rate) M4() int {
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

func (t *Rate) M5() int {
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

func (t *Rate) M6() int {
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

func (t *Rate) M7() int {
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

func (t *Rate) M8() int {
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

func (t *Rate) M9() int {
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

