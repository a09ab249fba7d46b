// Package calc applies a coupon to a basket.
package calc

import (
	"encoding/json"

	couponmodel "github.com/acme/shop/internal/model/coupon"
	"github.com/acme/shop/internal/service/price"
	"github.com/acme/shop/pkg/errs"
	"github.com/acme/shop/pkg/money"
	"github.com/acme/shop/pkg/set"
)

// Discount is what t takes off; CouponNotApplicable when it takes nothing.
func Discount(t *couponmodel.Template, lines []price.Line) (money.Amount, error) {
	var sum money.Amount
	scope, err := scopeOf(t)
	if err != nil {
		return 0, err
	}
	for _, l := range lines {
		if scope == nil || scope.Has(l.SkuID) || t.ScopeKind == "shop" && scope.Has(l.ShopID) {
			sum += l.Total()
		}
	}
	if sum == 0 {
		return 0, errs.New(errs.CouponNotApplicable, "no product of the coupon")
	}
	if sum < t.Threshold {
		return 0, errs.Newf(errs.CouponNotApplicable, "%s is missing", t.Threshold-sum)
	}
	switch t.Kind {
	case "cash":
		return money.Min(t.FaceValue, sum), nil
	case "percent":
		off := sum.Percent(int64(t.PercentOff) * 100)
		if t.MaxDiscount > 0 {
			off = money.Min(off, t.MaxDiscount)
		}
		return off, nil
	case "freight", "gift":
		return 0, nil
	}
	return 0, errs.Newf(errs.CouponNotApplicable, "kind %q", t.Kind)
}

func scopeOf(t *couponmodel.Template) (set.Set[int64], error) {
	if t.ScopeKind == "" || t.ScopeKind == "all" || t.ScopeIDs == "" {
		return nil, nil
	}
	var ids []int64
	if err := json.Unmarshal([]byte(t.ScopeIDs), &ids); err != nil {
		return nil, errs.Wrap(err, errs.Internal, "scope of template "+t.TemplateNo)
	}
	return set.Of(ids...), nil
}
