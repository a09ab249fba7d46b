// Package command changes shipments.
package command

import (
	"context"

	"github.com/acme/shop/internal/shipping/app/assembler"
	"github.com/acme/shop/internal/shipping/contract"
	"github.com/acme/shop/internal/shipping/domain/carrier"
	"github.com/acme/shop/internal/shipping/domain/port"
	"github.com/acme/shop/internal/shipping/domain/shipment"
	"github.com/acme/shop/pkg/errs"
)

type Handler struct {
	repo     shipment.Repository
	carriers port.Carriers
	gateway  port.Gateway
	events   port.Publisher
	clock    port.Clock
}

func New(r shipment.Repository, c port.Carriers, g port.Gateway, e port.Publisher, clock port.Clock) *Handler {
	return &Handler{repo: r, carriers: c, gateway: g, events: e, clock: clock}
}

// Create books one parcel. Calling it again for the same order and warehouse returns the first number.
func (h *Handler) Create(ctx context.Context, p contract.Parcel) (string, error) {
	olds, err := h.repo.ByOrder(ctx, p.OrderNo)
	if err != nil {
		return "", err
	}
	for _, o := range olds {
		if n := o.Snapshot(); n.Warehouse == p.WarehouseID && n.Status != shipment.Cancelled && n.WaybillNo != "" {
			return n.WaybillNo, nil
		}
	}
	s, err := assembler.ToShipment(p)
	if err != nil {
		return "", errs.Wrap(err, errs.InvalidArgument, "parcel of "+p.OrderNo)
	}
	all, err := h.carriers.Enabled(ctx)
	if err != nil {
		return "", err
	}
	c, err := carrier.Choose(all, carrier.Destination{}, 0, false)
	if err != nil {
		return "", errs.Wrap(err, errs.AddressUnreachable, p.Address)
	}
	no, err := h.gateway.Book(ctx, c.Code, s.Snapshot())
	if err != nil {
		return "", errs.Wrap(err, errs.Unavailable, c.Name)
	}
	if err := s.Book(c.Code, no, h.clock.Now()); err != nil {
		return "", err
	}
	return no, h.save(ctx, s)
}

func (h *Handler) save(ctx context.Context, s *shipment.Shipment) error {
	if err := h.repo.Save(ctx, s); err != nil {
		return err
	}
	return h.events.Publish(ctx, s.Pull()...)
}
