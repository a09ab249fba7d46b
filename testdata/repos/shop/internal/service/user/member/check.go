package member

import (
	"context"

	usermodel "github.com/acme/shop/internal/model/user"
	"github.com/acme/shop/pkg/errs"
)

func (s *Service) check(_ context.Context, row *usermodel.Member) error {
	if row.Level < 1 || row.Level > 5 {
		return errs.Newf(errs.InvalidArgument, "level %d", row.Level)
	}
	if row.AutoRenew && row.RenewChannel == "" {
		return errs.New(errs.InvalidArgument, "renew channel")
	}
	return nil
}
