// Package event reacts to the order context's events.
package event

import (
	"context"
	"encoding/json"

	orderevent "github.com/acme/shop/internal/model/event"
	"github.com/acme/shop/internal/model/order/enum"
	"github.com/acme/shop/internal/service/notify"
	"github.com/acme/shop/internal/service/order/state"
	"github.com/acme/shop/internal/shipping/app/command"
	"github.com/acme/shop/pkg/errs"
	"github.com/acme/shop/pkg/kafkax"
)

type Consumer struct {
	cmd    *command.Handler
	notify *notify.Service
}

func New(c *command.Handler, n *notify.Service) *Consumer { return &Consumer{cmd: c, notify: n} }

// Register subscribes to what the order context publishes.
func (c *Consumer) Register(k *kafkax.Consumer) {
	k.Handle("shop.order.closed", c.closed)
}

func (c *Consumer) closed(ctx context.Context, _ string, b []byte) error {
	var e orderevent.OrderClosed
	if err := json.Unmarshal(b, &e); err != nil {
		return errs.Wrap(err, errs.InvalidArgument, "order.closed")
	}
	if state.Paid(enum.OrderClosed) {
		return nil
	}
	err := c.cmd.Cancel(ctx, e.OrderNo)
	if errs.Is(err, errs.StateConflict) {
		c.notify.Staff(ctx, "warehouse", "拦截包裹 "+e.OrderNo)
		return nil
	}
	return err
}
