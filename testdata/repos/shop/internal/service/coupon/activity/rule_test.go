package activity

import (
	"testing"

	couponmodel "github.com/acme/shop/internal/model/coupon"
	"github.com/acme/shop/internal/service/price"
)

func TestOff(t *testing.T) {
	lines := []price.Line{{SkuID: 1, ShopID: 1, Unit: 10000, Quantity: 3}}
	full := &couponmodel.Activity{Kind: "full", RuleJSON: `{"steps":[{"from":10000,"off":1000},{"from":30000,"off":5000}]}`}
	if got := Off(full, lines); got != 5000 {
		t.Errorf("full: %v", got)
	}
	every := &couponmodel.Activity{Kind: "full", RuleJSON: `{"steps":[{"from":10000,"off":2000}],"every":true}`}
	if got := Off(every, lines); got != 6000 {
		t.Errorf("every: %v", got)
	}
	bundle := &couponmodel.Activity{Kind: "bundle", RuleJSON: `{"take":3,"pay":2}`}
	if got := Off(bundle, lines); got != 10000 {
		t.Errorf("bundle: %v", got)
	}
}
