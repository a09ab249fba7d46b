package activity

import (
	"context"

	coupondao "github.com/acme/shop/internal/dao/coupon"
	couponmodel "github.com/acme/shop/internal/model/coupon"
	"github.com/acme/shop/pkg/errs"
	"github.com/acme/shop/pkg/timex"
)

func (s *Service) check(_ context.Context, row *couponmodel.Activity) error {
	if !row.StartAt.Before(row.EndAt) {
		return errs.New(errs.InvalidArgument, "the activity ends before it starts")
	}
	if _, err := parse(row); err != nil {
		return errs.Wrap(err, errs.InvalidArgument, "rule")
	}
	return nil
}

// Running lists what applies to a shop now.
func (s *Service) Running(ctx context.Context, shopID int64) ([]*couponmodel.Activity, error) {
	rows, _, err := s.repo.List(ctx, coupondao.ActivityFilter{ShopID: shopID, Status: []couponmodel.ActivityStatus{couponmodel.ActivityRunning}})
	if err != nil {
		return nil, err
	}
	now := timex.Now()
	out := rows[:0]
	for _, r := range rows {
		if !now.Before(r.StartAt) && !r.ExpiredAt(now) {
			out = append(out, r)
		}
	}
	return out, nil
}
