package b

type T struct{}

func (t T) len(x []int) int { return len(x) }
func (*T) Same() { if true { } }
func (T) Same2() { if true { } }
func Same3() { if true { } }
func Same4() { if true { } }
func Zero() { }
