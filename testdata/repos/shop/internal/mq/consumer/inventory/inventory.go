// Package inventory warns when stock changes.
package inventory

import (
	"context"

	"github.com/acme/shop/internal/model/event"
	"github.com/acme/shop/internal/mq/consumer"
	"github.com/acme/shop/internal/mq/topic"
	"github.com/acme/shop/internal/service/inventory/alert"
	"github.com/acme/shop/pkg/kafkax"
)

func Register(k *kafkax.Consumer, pick func(ctx context.Context, orderID int64) error, a *alert.Service) {
	k.Handle(topic.OrderPaid, consumer.JSON(func(ctx context.Context, e event.OrderPaid) error { return pick(ctx, e.OrderID) }))
	k.Handle(topic.StockChanged, consumer.JSON(func(ctx context.Context, e event.StockChanged) error {
		if e.Available > 0 {
			return nil
		}
		return a.Run(ctx, e.WarehouseID)
	}))
}
