// Package inventory schedules stock jobs.
//
// domain: warehouse
package inventory

import (
	"context"

	"github.com/acme/shop/internal/cron/registry"
	legacywms "github.com/acme/shop/internal/legacy/wms"
	"github.com/acme/shop/internal/service/inventory/alert"
	"github.com/acme/shop/internal/service/inventory/goods"
	"github.com/acme/shop/internal/service/inventory/reserve"
)

func Register(r *reserve.Service, a *alert.Service, s *goods.Searcher, old *legacywms.Poller, ship interface {
	Poll(ctx context.Context, limit int) (int, error)
}) {
	registry.Add(registry.Job{Name: "inventory.release", Spec: "15 * * * * *", Run: func(ctx context.Context) error {
		_, err := r.ReleaseExpired(ctx)
		return err
	}})
	registry.Add(registry.Job{Name: "inventory.alert", Spec: "0 0 8 * * *", Run: func(ctx context.Context) error { return a.Run(ctx, 1) }})
	registry.Add(registry.Job{Name: "inventory.reindex", Spec: "0 0 4 * * *", Run: func(ctx context.Context) error {
		_, err := s.Reindex(ctx)
		return err
	}})
	registry.Add(registry.Job{Name: "inventory.wms_files", Spec: "0 */10 * * * *", Run: old.Once})
	registry.Add(registry.Job{Name: "shipping.poll", Spec: "0 */15 * * * *", Run: func(ctx context.Context) error {
		_, err := ship.Poll(ctx, 200)
		return err
	}})
}
