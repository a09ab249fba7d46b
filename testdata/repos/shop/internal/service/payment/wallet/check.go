package wallet

import (
	"context"

	paymodel "github.com/acme/shop/internal/model/payment"
	"github.com/acme/shop/pkg/errs"
	"github.com/acme/shop/pkg/money"
)

func (s *Service) check(_ context.Context, row *paymodel.Wallet) error {
	if row.CreditLimit.Neg() || row.CreditLimit > 100000*money.Yuan {
		return errs.Newf(errs.InvalidArgument, "credit limit %s", row.CreditLimit)
	}
	return nil
}
