// Package sync has the timers of orders and the nightly ERP run.
package sync

import (
	"context"
	"encoding/json"

	"github.com/acme/shop/internal/job"
	invsvc "github.com/acme/shop/internal/service/inventory"
	ordersvc "github.com/acme/shop/internal/service/order"
	"github.com/acme/shop/pkg/timex"
)

func CloseUnpaid(s *ordersvc.Service) job.Handler {
	return func(ctx context.Context, raw json.RawMessage) error {
		var id int64
		if err := json.Unmarshal(raw, &id); err != nil {
			return err
		}
		return s.CloseUnpaid(ctx, id)
	}
}

func ERP(s *invsvc.StockService) job.Handler {
	return func(ctx context.Context, raw json.RawMessage) error {
		day := timex.Now().AddDate(0, 0, -1)
		if len(raw) > 0 {
			var d string
			if json.Unmarshal(raw, &d) == nil && d != "" {
				var err error
				if day, err = timex.ParseDate(d); err != nil {
					return err
				}
			}
		}
		_, err := s.SyncERP(ctx, day)
		return err
	}
}
