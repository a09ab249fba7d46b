package coupon

import (
	"context"

	couponmodel "github.com/acme/shop/internal/model/coupon"
	"github.com/acme/shop/internal/service/coupon/calc"
	"github.com/acme/shop/internal/service/price"
	"github.com/acme/shop/pkg/errs"
	"github.com/acme/shop/pkg/money"
)

func (s *TemplateService) check(_ context.Context, row *couponmodel.Template) error {
	switch row.Kind {
	case "cash", "freight":
		if row.FaceValue <= 0 {
			return errs.New(errs.InvalidArgument, "face value")
		}
		if row.Threshold > 0 && row.FaceValue >= row.Threshold {
			return errs.New(errs.InvalidArgument, "the coupon is worth more than its threshold")
		}
	case "percent":
		if row.PercentOff <= 0 || row.PercentOff >= 100 {
			return errs.Newf(errs.InvalidArgument, "percent %d", row.PercentOff)
		}
	case "gift":
	default:
		return errs.Newf(errs.InvalidArgument, "kind %q", row.Kind)
	}
	if row.PerUserLimit < 1 || int64(row.PerUserLimit) > row.TotalCount {
		return errs.New(errs.InvalidArgument, "limit per user")
	}
	return nil
}

// Best picks the template that saves most; ties go to the one that ends first.
func Best(ts []*couponmodel.Template, lines []price.Line) (*couponmodel.Template, money.Amount) {
	var (
		best *couponmodel.Template
		off  money.Amount
	)
	for _, t := range ts {
		d, err := calc.Discount(t, lines)
		if err != nil {
			continue
		}
		if best == nil || d > off || d == off && t.ValidTo.Before(best.ValidTo) {
			best, off = t, d
		}
	}
	return best, off
}
