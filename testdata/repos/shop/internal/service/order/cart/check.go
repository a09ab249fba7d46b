package cart

import (
	"context"

	ordermodel "github.com/acme/shop/internal/model/order"
	"github.com/acme/shop/internal/service/price"
	"github.com/acme/shop/pkg/errs"
	"github.com/acme/shop/pkg/money"
)

// check keeps carts small.
func (s *Service) check(ctx context.Context, row *ordermodel.CartItem) error {
	if row.Quantity <= 0 || row.Quantity > 99 {
		return errs.Newf(errs.InvalidArgument, "quantity %d", row.Quantity)
	}
	rows, err := s.repo.ListByUserID(ctx, row.UserID)
	if err != nil {
		return err
	}
	if len(rows) >= 120 {
		return errs.New(errs.InvalidArgument, "the cart is full")
	}
	return nil
}

// Sum is what the badge in the app shows.
func Sum(lines []price.Line) money.Amount {
	return price.Payable(price.Total(lines), 0, 0)
}
