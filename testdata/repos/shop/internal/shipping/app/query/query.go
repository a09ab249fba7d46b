// Package query answers without changing anything.
package query

import (
	"context"

	"github.com/acme/shop/internal/shipping/app/assembler"
	"github.com/acme/shop/internal/shipping/contract"
	"github.com/acme/shop/internal/shipping/domain/carrier"
	"github.com/acme/shop/internal/shipping/domain/freight"
	"github.com/acme/shop/internal/shipping/domain/port"
	"github.com/acme/shop/internal/shipping/domain/shipment"
	"github.com/acme/shop/pkg/errs"
	"github.com/acme/shop/pkg/geo"
	"github.com/acme/shop/pkg/money"
)

type Handler struct {
	repo     shipment.Repository
	carriers port.Carriers
	tariffs  freight.Tariffs
	clock    port.Clock
}

func New(r shipment.Repository, c port.Carriers, t freight.Tariffs, clock port.Clock) *Handler {
	return &Handler{repo: r, carriers: c, tariffs: t, clock: clock}
}

// Track joins the steps of all parcels of an order.
func (h *Handler) Track(ctx context.Context, orderNo string) ([]contract.Step, error) {
	all, err := h.repo.ByOrder(ctx, orderNo)
	if err != nil {
		return nil, err
	}
	if len(all) == 0 {
		return nil, errs.Newf(errs.NotFound, "no shipment of %s", orderNo)
	}
	return assembler.Steps(all), nil
}

// Quote chooses a carrier and its tariff.
func (h *Handler) Quote(ctx context.Context, req contract.QuoteRequest) (contract.Quote, error) {
	all, err := h.carriers.Enabled(ctx)
	if err != nil {
		return contract.Quote{}, err
	}
	dest := carrier.Destination{Country: req.Country, Province: req.Province, City: req.City}
	c, err := carrier.Choose(all, dest, req.WeightGram, req.Express)
	if err != nil {
		return contract.Quote{}, errs.Wrap(err, errs.AddressUnreachable, req.Province)
	}
	t, err := h.tariffs.Of(ctx, c.Code)
	if err != nil {
		return contract.Quote{}, err
	}
	fee := t.Fee(req.WeightGram, money.Amount(req.GoodsCents), geo.IsRemote(req.Province))
	now := h.clock.Now()
	days := int(freight.Promise(ctx, c.Days, now).Sub(now).Hours() / 24)
	return contract.Quote{Carrier: c.Code, Cents: fee.Int64(), Days: days}, nil
}
