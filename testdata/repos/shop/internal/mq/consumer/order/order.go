// Package order hears what payment says.
package order

import (
	"context"

	"github.com/acme/shop/internal/model/event"
	"github.com/acme/shop/internal/mq/consumer"
	"github.com/acme/shop/internal/mq/topic"
	ordersvc "github.com/acme/shop/internal/service/order"
	"github.com/acme/shop/pkg/kafkax"
	"github.com/acme/shop/pkg/log"
)

func Register(k *kafkax.Consumer, s *ordersvc.Service) {
	k.Handle(topic.PaymentSucceeded, consumer.JSON(s.MarkPaid))
	k.Handle(topic.RefundFinished, consumer.JSON(s.RefundDone))
	k.Handle(topic.WaybillSigned, consumer.JSON(func(ctx context.Context, e event.WaybillSigned) error {
		log.Info(ctx, "signed", log.String("order", e.OrderNo))
		return nil
	}))
}
