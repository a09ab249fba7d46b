package calc

import (
	"testing"

	couponmodel "github.com/acme/shop/internal/model/coupon"
	"github.com/acme/shop/internal/service/price"
	"github.com/acme/shop/pkg/money"
)

func TestDiscount(t *testing.T) {
	lines := []price.Line{{SkuID: 1, ShopID: 5, Unit: 10000, Quantity: 1}, {SkuID: 2, ShopID: 6, Unit: 4000, Quantity: 2}}
	cases := []struct {
		name string
		t    couponmodel.Template
		want money.Amount
		ok   bool
	}{
		{"cash", couponmodel.Template{Kind: "cash", FaceValue: 2000, Threshold: 15000}, 2000, true},
		{"below threshold", couponmodel.Template{Kind: "cash", FaceValue: 2000, Threshold: 20000}, 0, false},
		{"capped", couponmodel.Template{Kind: "percent", PercentOff: 50, MaxDiscount: 3000}, 3000, true},
		{"one sku", couponmodel.Template{Kind: "percent", PercentOff: 10, ScopeKind: "sku", ScopeIDs: "[2]"}, 800, true},
		{"one shop", couponmodel.Template{Kind: "cash", FaceValue: 99999, ScopeKind: "shop", ScopeIDs: "[5]"}, 10000, true},
		{"nothing", couponmodel.Template{Kind: "cash", FaceValue: 1, ScopeKind: "sku", ScopeIDs: "[9]"}, 0, false},
	}
	for _, c := range cases {
		got, err := Discount(&c.t, lines)
		if got != c.want || (err == nil) != c.ok {
			t.Errorf("%s: %v, %v", c.name, got, err)
		}
	}
}
