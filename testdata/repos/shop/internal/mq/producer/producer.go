// Package producer publishes events after the commit, 没有本地消息表，丢了就靠对账.
package producer

import (
	"context"
	"strconv"
	"time"

	"github.com/acme/shop/internal/model/event"
	"github.com/acme/shop/internal/mq/topic"
	"github.com/acme/shop/pkg/log"
	"github.com/acme/shop/pkg/retry"
)

// Sender is satisfied by kafkax.Producer and by the mock.
type Sender interface {
	Send(ctx context.Context, topic, key string, v any) error
}

type Producer struct{ s Sender }

func New(s Sender) *Producer { return &Producer{s: s} }

func (p *Producer) OrderCreated(ctx context.Context, e event.OrderCreated) error {
	return p.send(ctx, topic.OrderCreated, e.OrderNo, e)
}

func (p *Producer) OrderPaid(ctx context.Context, e event.OrderPaid) error {
	return p.send(ctx, topic.OrderPaid, e.OrderNo, e)
}

func (p *Producer) OrderClosed(ctx context.Context, e event.OrderClosed) error {
	return p.send(ctx, topic.OrderClosed, e.OrderNo, e)
}

func (p *Producer) PaymentSucceeded(ctx context.Context, e event.PaymentSucceeded) error {
	return p.send(ctx, topic.PaymentSucceeded, e.OrderNo, e)
}

func (p *Producer) RefundFinished(ctx context.Context, e event.RefundFinished) error {
	return p.send(ctx, topic.RefundFinished, e.OrderNo, e)
}

func (p *Producer) StockChanged(ctx context.Context, e event.StockChanged) error {
	return p.send(ctx, topic.StockChanged, strconv.FormatInt(e.SkuID, 10), e)
}

func (p *Producer) send(ctx context.Context, t, key string, v any) error {
	if p == nil || p.s == nil {
		return nil
	}
	err := retry.Do(ctx, retry.Policy{Attempts: 3, Base: 20 * time.Millisecond, Max: 200 * time.Millisecond}, func(ctx context.Context) error {
		return p.s.Send(ctx, t, key, v)
	})
	if err != nil {
		log.Error(ctx, "publish", log.String("topic", t), log.String("key", key), log.Err(err))
	}
	return err
}
