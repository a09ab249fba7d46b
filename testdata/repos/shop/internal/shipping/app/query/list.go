package query

import (
	"context"
	"time"
)

// Item is a line of the back office's list.
type Item struct {
	WaybillNo string
	OrderNo   string
	Carrier   string
	Status    string
	Silent    time.Duration
}

// Silent lists parcels that have not moved since before.
func (h *Handler) Silent(ctx context.Context, before time.Duration, limit int) ([]Item, error) {
	now := h.clock.Now()
	open, err := h.repo.Open(ctx, now.Add(-before), limit)
	if err != nil {
		return nil, err
	}
	out := make([]Item, 0, len(open))
	for _, s := range open {
		n := s.Snapshot()
		it := Item{WaybillNo: n.WaybillNo, OrderNo: n.OrderNo, Carrier: n.Carrier, Status: n.Status.String()}
		if len(n.Steps) > 0 {
			it.Silent = now.Sub(n.Steps[len(n.Steps)-1].At)
		}
		out = append(out, it)
	}
	return out, nil
}
