// Package order schedules the order context's jobs.
//
// domain: order
package order

import (
	"context"

	"github.com/acme/shop/internal/cron/registry"
	ordersvc "github.com/acme/shop/internal/service/order"
	"github.com/acme/shop/pkg/log"
	"github.com/acme/shop/pkg/timex"
)

func Register(s *ordersvc.Service) {
	registry.Add(registry.Job{Name: "order.finish", Spec: "0 */5 * * * *", Run: func(ctx context.Context) error {
		n, err := s.FinishOld(ctx, 500)
		log.Info(ctx, "finished", log.Int("orders", n))
		return err
	}})
	registry.Add(registry.Job{Name: "order.archive", Spec: "0 30 3 * * *", Run: func(ctx context.Context) error {
		n, err := s.Archive(ctx, timex.Now().AddDate(-1, 0, 0))
		log.Info(ctx, "archived", log.Int64("orders", n))
		return err
	}})
}
