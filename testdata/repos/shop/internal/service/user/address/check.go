package address

import (
	"context"

	usermodel "github.com/acme/shop/internal/model/user"
	"github.com/acme/shop/pkg/errs"
	"github.com/acme/shop/pkg/geo"
)

const maxAddresses = 30

func (s *Service) check(ctx context.Context, row *usermodel.Address) error {
	if geo.Overseas(row.Country, row.Province) && row.Zip == "" {
		return errs.New(errs.InvalidArgument, "zip is required abroad")
	}
	rows, err := s.repo.ListByUserID(ctx, row.UserID)
	if err != nil {
		return err
	}
	if row.ID == 0 && len(rows) >= maxAddresses {
		return errs.Newf(errs.InvalidArgument, "at most %d addresses", maxAddresses)
	}
	if !row.IsDefault {
		return nil
	}
	for _, r := range rows {
		if r.ID != row.ID && r.IsDefault {
			if err := s.repo.Updates(ctx, r.ID, map[string]any{"is_default": false}); err != nil {
				return err
			}
		}
	}
	return nil
}
