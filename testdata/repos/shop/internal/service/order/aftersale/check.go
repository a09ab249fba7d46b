package aftersale

import (
	"context"

	ordermodel "github.com/acme/shop/internal/model/order"
	"github.com/acme/shop/internal/service/order/refund"
	"github.com/acme/shop/pkg/errs"
)

const maxPerItem = 3

// check limits how often one item can be complained about.
func (s *Service) check(ctx context.Context, row *ordermodel.AfterSale) error {
	if row.Quantity <= 0 {
		return errs.New(errs.InvalidArgument, "quantity")
	}
	if row.Kind == "return" && refund.SellerPays(row.Reason) && row.Description == "" {
		return errs.New(errs.InvalidArgument, "please describe the problem")
	}
	old, err := s.repo.ListByItemID(ctx, row.ItemID)
	if err != nil {
		return err
	}
	open := 0
	for _, o := range old {
		if o.ID != row.ID && !o.Status.Final() {
			open++
		}
	}
	if open > 0 {
		return errs.New(errs.Conflict, "there is an open case for this item")
	}
	if len(old) >= maxPerItem {
		return errs.New(errs.Forbidden, "too many cases for this item")
	}
	return nil
}
