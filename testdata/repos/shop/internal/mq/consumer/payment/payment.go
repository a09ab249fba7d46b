// Package payment closes payments of closed orders.
package payment

import (
	"context"

	"github.com/acme/shop/internal/model/event"
	"github.com/acme/shop/internal/mq/consumer"
	"github.com/acme/shop/internal/mq/topic"
	paysvc "github.com/acme/shop/internal/service/payment"
	"github.com/acme/shop/pkg/cache"
	"github.com/acme/shop/pkg/kafkax"
)

func Register(k *kafkax.Consumer, c *cache.Client, p *paysvc.Service) {
	k.Handle(topic.OrderClosed, consumer.Once(c, "pay.close", consumer.JSON(func(ctx context.Context, e event.OrderClosed) error {
		return p.Close(ctx, e.OrderNo)
	})))
}
