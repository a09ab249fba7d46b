package warehouse

import (
	"context"

	invmodel "github.com/acme/shop/internal/model/inventory"
	"github.com/acme/shop/pkg/errs"
	"github.com/acme/shop/pkg/geo"
)

func (s *Service) check(_ context.Context, row *invmodel.Warehouse) error {
	switch row.Kind {
	case "self", "third", "bonded":
	default:
		return errs.Newf(errs.InvalidArgument, "kind %q", row.Kind)
	}
	if row.Kind == "bonded" && !geo.Overseas(row.Country, row.Province) && row.City == "" {
		return errs.New(errs.InvalidArgument, "a bonded warehouse needs its customs city")
	}
	if row.Lat < -90 || row.Lat > 90 || row.Lng < -180 || row.Lng > 180 {
		return errs.New(errs.InvalidArgument, "coordinates")
	}
	return nil
}
