package reserve

import (
	"context"
	"time"

	invmodel "github.com/acme/shop/internal/model/inventory"
	"github.com/acme/shop/pkg/log"
	"github.com/acme/shop/pkg/timex"
)

// ReleaseExpired is the cron's entry for holds whose order was lost.
func (s *Service) ReleaseExpired(ctx context.Context) (int, error) {
	var after int64
	n := 0
	for {
		rows, err := s.res.ListExpired(ctx, timex.Now().Add(-10*time.Minute), after, 200)
		if err != nil {
			return n, err
		}
		for _, r := range rows {
			after = r.ID
			if r.Status != invmodel.ReservationHeld {
				continue
			}
			if err := s.Release(ctx, r.OrderNo); err != nil {
				log.Error(ctx, "release expired", log.String("order", r.OrderNo), log.Err(err))
				continue
			}
			n++
		}
		if len(rows) < 200 {
			return n, nil
		}
	}
}
