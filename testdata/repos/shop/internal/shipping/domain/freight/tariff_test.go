package freight

import (
	"testing"

	"github.com/acme/shop/pkg/money"
)

func TestFee(t *testing.T) {
	tf := Tariff{FirstGram: 1000, FirstFee: 800, NextGram: 500, NextFee: 200, Remote: 1500, FreeFrom: 9900}
	for _, c := range []struct {
		gram   int64
		goods  money.Amount
		remote bool
		want   money.Amount
	}{
		{500, 0, false, 800}, {1001, 0, false, 1000}, {2100, 0, true, 2900}, {5000, 9900, false, 0}, {5000, 9900, true, 1500},
	} {
		if got := tf.Fee(c.gram, c.goods, c.remote); got != c.want {
			t.Errorf("%+v: %v", c, got)
		}
	}
}
