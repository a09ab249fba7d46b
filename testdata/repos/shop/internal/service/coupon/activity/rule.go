package activity

import (
	"encoding/json"
	"fmt"
	"math"

	couponmodel "github.com/acme/shop/internal/model/coupon"
	"github.com/acme/shop/internal/service/price"
	"github.com/acme/shop/pkg/money"
)

// rule is what RuleJSON holds: steps of "from amount, off amount", or n for the price of m.
type rule struct {
	Steps []struct {
		From money.Amount `json:"from"`
		Off  money.Amount `json:"off"`
	} `json:"steps"`
	Every bool  `json:"every"`
	Take  int32 `json:"take"`
	Pay   int32 `json:"pay"`
}

func parse(a *couponmodel.Activity) (*rule, error) {
	var r rule
	if err := json.Unmarshal([]byte(a.RuleJSON), &r); err != nil {
		return nil, err
	}
	if a.Kind == "bundle" && (r.Pay <= 0 || r.Take <= r.Pay) {
		return nil, fmt.Errorf("take %d, pay %d", r.Take, r.Pay)
	}
	return &r, nil
}

// Off computes the discount of one activity (满减、N件M折).
func Off(a *couponmodel.Activity, lines []price.Line) money.Amount {
	r, err := parse(a)
	if err != nil {
		return 0
	}
	var mine []price.Line
	for _, l := range lines {
		if a.ShopID == 0 || l.ShopID == a.ShopID {
			mine = append(mine, l)
		}
	}
	total := price.Total(mine)
	switch a.Kind {
	case "full":
		var off money.Amount
		for _, s := range r.Steps {
			if total < s.From || s.From <= 0 {
				continue
			}
			o := s.Off
			if r.Every {
				o = s.Off.Mul(int64(total / s.From))
			}
			off = max(off, o)
		}
		return off
	case "bundle":
		var n int32
		cheapest := money.Amount(math.MaxInt64)
		for _, l := range mine {
			n += l.Quantity
			cheapest = min(cheapest, l.Unit)
		}
		if n < r.Take {
			return 0
		}
		return cheapest.Mul(int64(n / r.Take * (r.Take - r.Pay)))
	}
	return 0
}
