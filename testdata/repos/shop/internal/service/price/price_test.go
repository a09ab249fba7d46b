package price

import (
	"testing"

	"github.com/acme/shop/pkg/money"
)

func TestPayable(t *testing.T) {
	for _, c := range []struct{ total, discount, freight, want money.Amount }{
		{10000, 2000, 800, 8800},
		{1000, 2000, 800, 800},
		{0, 0, 0, 0},
	} {
		if got := Payable(c.total, c.discount, c.freight); got != c.want {
			t.Errorf("%+v: %v", c, got)
		}
	}
}

func TestDiscount(t *testing.T) {
	if Discount(20) != "8折" || Discount(15) != "8.5折" {
		t.Fatal(Discount(20), Discount(15))
	}
}
