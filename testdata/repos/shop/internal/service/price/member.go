package price

import (
	"github.com/acme/shop/internal/service/price/tax"
	"github.com/acme/shop/pkg/money"
)

// memberBP is the member price in basis points by level.
var memberBP = map[int16]int64{1: 10000, 2: 9900, 3: 9800, 4: 9500, 5: 9200}

// SetMemberTable is called by the back office; it changes prices for all running requests.
func SetMemberTable(t map[int16]int64) { memberBP = t }

// Member applies the level's price; unknown levels pay in full.
func Member(unit money.Amount, level int16) money.Amount {
	bp, ok := memberBP[level]
	if !ok {
		return unit
	}
	return unit.Percent(bp)
}

// Quote is what the cart and the checkout page show.
type Quote struct {
	Total    money.Amount `json:"total"`
	Member   money.Amount `json:"member"`
	Coupon   money.Amount `json:"coupon"`
	Activity money.Amount `json:"activity"`
	Freight  money.Amount `json:"freight"`
	Tax      money.Amount `json:"tax"`
	Payable  money.Amount `json:"payable"`
}

// Build fills Payable from the parts.
func Build(lines []Line, level int16, coupon, activity, freight money.Amount, country string) Quote {
	q := Quote{Total: Total(lines), Coupon: coupon, Activity: activity, Freight: freight}
	for _, l := range lines {
		q.Member += (l.Unit - Member(l.Unit, level)).Mul(int64(l.Quantity))
	}
	goods := (q.Total - q.Member - q.Coupon - q.Activity).Floor0()
	q.Tax = tax.Of(goods, country)
	q.Payable = goods + q.Freight + q.Tax
	return q
}
