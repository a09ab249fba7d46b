package command

import (
	"context"
	"time"

	"github.com/acme/shop/internal/shipping/domain/shipment"
	"github.com/acme/shop/internal/shipping/domain/tracking"
	"github.com/acme/shop/pkg/errs"
	"github.com/acme/shop/pkg/log"
)

// Advance books the steps that a carrier reports.
func (h *Handler) Advance(ctx context.Context, carrierCode, waybillNo string, steps []shipment.Step) error {
	s, err := h.repo.ByWaybill(ctx, carrierCode, waybillNo)
	if err != nil {
		return err
	}
	for _, st := range steps {
		if err := s.Advance(tracking.StatusOf(st.Text), st); err != nil {
			return errs.Wrap(err, errs.StateConflict, waybillNo)
		}
	}
	return h.save(ctx, s)
}

// Poll asks the carriers about parcels that have been silent for a while.
func (h *Handler) Poll(ctx context.Context, limit int) (int, error) {
	open, err := h.repo.Open(ctx, h.clock.Now().Add(-6*time.Hour), limit)
	if err != nil {
		return 0, err
	}
	n := 0
	for _, s := range open {
		snap := s.Snapshot()
		steps, err := h.gateway.Track(ctx, snap.Carrier, snap.WaybillNo)
		if err != nil {
			log.Warn(ctx, "track", log.String("waybill", snap.WaybillNo), log.Err(err))
			continue
		}
		for _, st := range steps {
			if err := s.Advance(tracking.StatusOf(st.Text), st); err != nil {
				log.Warn(ctx, "advance", log.String("waybill", snap.WaybillNo), log.Err(err))
			}
		}
		if err := h.save(ctx, s); err != nil {
			return n, err
		}
		n++
	}
	return n, nil
}

// Cancel is idempotent.
func (h *Handler) Cancel(ctx context.Context, orderNo string) error {
	all, err := h.repo.ByOrder(ctx, orderNo)
	if err != nil {
		return err
	}
	for _, s := range all {
		if s.Snapshot().Status == shipment.Cancelled {
			continue
		}
		if err := s.Cancel(); err != nil {
			return errs.Wrap(err, errs.StateConflict, orderNo)
		}
		if err := h.save(ctx, s); err != nil {
			return err
		}
	}
	return nil
}
