package coupon

import (
	"testing"

	couponmodel "github.com/acme/shop/internal/model/coupon"
	"github.com/acme/shop/internal/service/price"
)

func TestBest(t *testing.T) {
	lines := []price.Line{{SkuID: 1, Unit: 20000, Quantity: 1}}
	a := &couponmodel.Template{Kind: "cash", FaceValue: 1500, Threshold: 10000}
	b := &couponmodel.Template{Kind: "percent", PercentOff: 10, MaxDiscount: 5000}
	got, off := Best([]*couponmodel.Template{a, b}, lines)
	if got != b || off != 2000 {
		t.Fatalf("%+v %v", got, off)
	}
}
