package reconcile

import (
	ordermodel "github.com/acme/shop/internal/model/order"
	"github.com/acme/shop/internal/model/order/enum"
	paymodel "github.com/acme/shop/internal/model/payment"
	"github.com/acme/shop/internal/service/order/state"
)

// PaidWithoutOrder checks the payments against the orders' states.
func PaidWithoutOrder(pays []*paymodel.Payment, orders []*ordermodel.Order) []string {
	st := make(map[string]enum.OrderStatus, len(orders))
	for _, o := range orders {
		st[o.OrderNo] = o.Status
	}
	var bad []string
	for _, p := range pays {
		if p.Status != paymodel.PaymentSuccess {
			continue
		}
		if s, ok := st[p.OrderNo]; !ok || !state.Paid(s) && s != enum.OrderRefunding && s != enum.OrderRefunded {
			bad = append(bad, p.PaymentNo)
		}
	}
	return bad
}
