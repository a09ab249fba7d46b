package invoice

import (
	"context"
	"regexp"

	ordermodel "github.com/acme/shop/internal/model/order"
	"github.com/acme/shop/pkg/errs"
)

var taxNo = regexp.MustCompile(`^[0-9A-Z]{15,20}$`)

// check: a VAT invoice needs the tax number, a personal one must not have it.
func (s *Service) check(ctx context.Context, row *ordermodel.Invoice) error {
	switch row.Kind {
	case "personal":
		if row.TaxNo != "" {
			return errs.New(errs.InvalidArgument, "tax number on a personal invoice")
		}
	case "company", "vat":
		if !taxNo.MatchString(row.TaxNo) {
			return errs.Newf(errs.InvalidArgument, "tax number %q", row.TaxNo)
		}
	default:
		return errs.Newf(errs.InvalidArgument, "kind %q", row.Kind)
	}
	if row.Amount.Neg() {
		return errs.New(errs.InvalidArgument, "amount")
	}
	return nil
}
