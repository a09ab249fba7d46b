package order

import (
	"github.com/acme/shop/internal/model/order/enum"
	"github.com/acme/shop/pkg/money"
)

// Line is an item as the calculators want it.
type Line struct {
	SkuID    int64
	Price    money.Amount
	Quantity int32
	Weight   int32
}

func (i *Item) Line() Line { return Line{SkuID: i.SkuID, Price: i.UnitPrice, Quantity: i.Quantity} }

// Refundable is how many pieces can still be given back.
func (i *Item) Refundable() int32 { return i.Quantity - i.RefundedQty }

// RefundAmount is proportional to what was really paid; the last piece takes the rounding.
func (i *Item) RefundAmount(qty int32) money.Amount {
	if qty <= 0 || i.Quantity == 0 {
		return 0
	}
	if qty >= i.Refundable() {
		return i.PayAmount - i.PayAmount.Mul(int64(i.RefundedQty))/money.Amount(i.Quantity)
	}
	return i.PayAmount.Mul(int64(qty)) / money.Amount(i.Quantity)
}

// Locked orders may not be touched by the buyer any more.
func (o *Order) Locked() bool {
	return o.Status != enum.OrderPendingPay && o.Status != enum.OrderPaid
}
