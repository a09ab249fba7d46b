package stocktake

import (
	"context"

	invmodel "github.com/acme/shop/internal/model/inventory"
	"github.com/acme/shop/pkg/errs"
)

func (s *Service) check(ctx context.Context, row *invmodel.Stocktake) error {
	switch row.Scope {
	case "full", "cycle", "spot":
	default:
		return errs.Newf(errs.InvalidArgument, "scope %q", row.Scope)
	}
	rows, err := s.repo.ListByWarehouseID(ctx, row.WarehouseID)
	if err != nil {
		return err
	}
	for _, r := range rows {
		if r.ID != row.ID && r.Status == invmodel.StocktakeCounting {
			return errs.Newf(errs.Conflict, "%s is counting", r.TakeNo)
		}
	}
	return nil
}

// Accuracy is one minus the share of pieces that were wrong.
func Accuracy(row *invmodel.Stocktake) float64 {
	if row.BookQty == 0 {
		return 1
	}
	return 1 - float64(row.GainQty+row.LossQty)/float64(row.BookQty)
}
