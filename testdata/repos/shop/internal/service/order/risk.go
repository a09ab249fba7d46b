package order

import (
	"context"
	"time"

	"github.com/acme/shop/internal/model/order/enum"
	"github.com/acme/shop/pkg/errs"
	"github.com/acme/shop/pkg/log"
)

// Hold stops a paid order for a manual look.
func (s *Service) Hold(ctx context.Context, operator, orderID int64, why string) error {
	o, err := s.Orders.Get(ctx, orderID)
	if err != nil {
		return err
	}
	if o.Status != enum.OrderPaid && o.Status != enum.OrderPicking {
		return errs.Newf(errs.StateConflict, "order %s is %s", o.OrderNo, o.Status)
	}
	if err := s.Cache.SetJSON(ctx, "order:hold:"+o.OrderNo, why, 72*time.Hour); err != nil {
		return err
	}
	s.Notify.Staff(ctx, "risk", "hold "+o.OrderNo+": "+why)
	return s.logf(ctx, o, operator, "hold", "%s", why)
}

// Held tells the reason, empty when the order may go on.
func (s *Service) Held(ctx context.Context, orderNo string) string {
	var why string
	if _, err := s.Cache.GetJSON(ctx, "order:hold:"+orderNo, &why); err != nil {
		log.Warn(ctx, "hold", log.Err(err))
	}
	return why
}
