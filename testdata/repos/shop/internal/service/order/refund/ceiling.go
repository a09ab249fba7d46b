// Package refund has the arithmetic of refunds.
package refund

import (
	ordermodel "github.com/acme/shop/internal/model/order"
	"github.com/acme/shop/pkg/money"
)

// Ceiling is what was paid minus what was given back.
func Ceiling(o *ordermodel.Order, items []*ordermodel.Item) money.Amount {
	left := o.PayAmount
	for _, it := range items {
		if it.RefundedQty > 0 {
			left -= it.PayAmount.Mul(int64(it.RefundedQty)) / money.Amount(max(it.Quantity, 1))
		}
	}
	return left.Floor0()
}
