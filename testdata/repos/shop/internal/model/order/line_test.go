package order

import (
	"testing"

	"github.com/acme/shop/pkg/money"
)

func TestRefundAmountSumsUp(t *testing.T) {
	it := &Item{Quantity: 3, PayAmount: 100}
	var sum money.Amount
	for i := 0; i < 3; i++ {
		a := it.RefundAmount(1)
		sum += a
		it.RefundedQty++
	}
	if sum != 100 {
		t.Fatalf("refunded %v of 1.00", sum)
	}
}
