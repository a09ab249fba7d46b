package points

import (
	"context"

	usermodel "github.com/acme/shop/internal/model/user"
	"github.com/acme/shop/pkg/errs"
)

func (s *Service) check(ctx context.Context, row *usermodel.PointsFlow) error {
	if row.Delta == 0 {
		return errs.New(errs.InvalidArgument, "delta")
	}
	olds, err := s.repo.ListByBizNo(ctx, row.BizNo)
	if err != nil {
		return err
	}
	for _, o := range olds {
		if o.Reason == row.Reason {
			return errs.Newf(errs.Conflict, "%s %s was booked", row.Reason, row.BizNo)
		}
	}
	return nil
}
