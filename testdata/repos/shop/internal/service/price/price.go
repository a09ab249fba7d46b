// Package price computes what is to be paid. No I/O: everything comes in as arguments.
package price

import (
	"fmt"

	"github.com/acme/shop/pkg/money"
)

// Payable never goes below zero; freight is not discounted.
func Payable(total, discount, freight money.Amount) money.Amount {
	return (total - discount).Floor0() + freight
}

// Line is one position of a basket.
type Line struct {
	SkuID    int64
	ShopID   int64
	Unit     money.Amount
	Quantity int32
}

func (l Line) Total() money.Amount { return l.Unit.Mul(int64(l.Quantity)) }

func Total(lines []Line) money.Amount {
	var sum money.Amount
	for _, l := range lines {
		sum += l.Total()
	}
	return sum
}

// Spread allocates a discount over the lines by their totals.
func Spread(discount money.Amount, lines []Line) []money.Amount {
	w := make([]money.Amount, len(lines))
	for i, l := range lines {
		w[i] = l.Total()
	}
	return discount.Allocate(w)
}

// Discount prints 85 % off the Chinese way: 1.5折.
func Discount(percentOff int32) string {
	left := 100 - percentOff
	if left%10 == 0 {
		return fmt.Sprintf("%d折", left/10)
	}
	return fmt.Sprintf("%d.%d折", left/10, left%10)
}
