package money

import "testing"

func TestAllocateIsExact(t *testing.T) {
	for _, c := range []struct {
		a Amount
		w []Amount
	}{
		{100, []Amount{1, 1, 1}},
		{999, []Amount{3333, 3333, 3334}},
		{1, []Amount{50, 50}},
		{0, []Amount{1, 2}},
		{77, []Amount{0, 0}},
	} {
		var sum Amount
		for _, p := range c.a.Allocate(c.w) {
			sum += p
		}
		if sum != c.a {
			t.Errorf("%v over %v sums to %v", c.a, c.w, sum)
		}
	}
}

func TestParse(t *testing.T) {
	for in, want := range map[string]Amount{"0": 0, "12": 1200, "12.3": 1230, "-0.05": -5} {
		got, err := Parse(in)
		if err != nil || got != want {
			t.Errorf("Parse(%q) = %v, %v", in, got, err)
		}
	}
	if _, err := Parse("1.234"); err == nil {
		t.Error("three decimals must fail")
	}
}
