package money_test

import (
	"testing"

	"github.com/acme/shop/pkg/money"
)

func FuzzParse(f *testing.F) {
	f.Add("12.34")
	f.Add("-0.01")
	f.Fuzz(func(t *testing.T, s string) {
		a, err := money.Parse(s)
		if err != nil {
			return
		}
		b, err := money.Parse(a.String())
		if err != nil || a != b {
			t.Fatalf("%q -> %v -> %v (%v)", s, a, b, err)
		}
	})
}
