package price_test

import (
	"testing"

	"github.com/acme/shop/internal/service/order/cart"
	"github.com/acme/shop/internal/service/price"
)

// The external test drives the real cart, which imports this package: a circle that only the tests have.
func TestCheckoutQuoteMatchesCart(t *testing.T) {
	lines := []price.Line{{SkuID: 1, Unit: 1999, Quantity: 2}, {SkuID: 2, Unit: 500, Quantity: 1}}
	q := price.Build(lines, 1, 0, 0, 0, "CN")
	if got := cart.Sum(lines); got != q.Payable {
		t.Fatalf("cart says %v, price says %v", got, q.Payable)
	}
}
