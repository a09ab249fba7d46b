// Package kafka publishes the domain events of shipping.
package kafka

import (
	"context"
	"fmt"

	"github.com/acme/shop/internal/model/event"
	"github.com/acme/shop/internal/mq/topic"
	"github.com/acme/shop/internal/shipping/domain/shipment"
	"github.com/acme/shop/pkg/kafkax"
	"github.com/acme/shop/pkg/log"
)

type Publisher struct{ p *kafkax.Producer }

func NewPublisher(p *kafkax.Producer) *Publisher { return &Publisher{p: p} }

func (k *Publisher) Publish(ctx context.Context, events ...shipment.Event) error {
	for _, e := range events {
		switch e := e.(type) {
		case shipment.Signature:
			out := event.WaybillSigned{WaybillNo: e.WaybillNo, OrderNo: e.OrderNo, Carrier: e.Carrier, At: e.At}
			if err := k.p.Send(ctx, topic.WaybillSigned, e.OrderNo, out); err != nil {
				return err
			}
		case shipment.Booking:
			log.Info(ctx, "booked", log.String("order", e.OrderNo), log.String("waybill", e.WaybillNo))
		default:
			return fmt.Errorf("kafka: unknown event %s", e.Name())
		}
	}
	return nil
}
