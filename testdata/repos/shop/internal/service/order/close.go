package order

import (
	"context"
	"time"

	"github.com/acme/shop/internal/model/event"
	ordermodel "github.com/acme/shop/internal/model/order"
	"github.com/acme/shop/internal/model/order/enum"
	"github.com/acme/shop/pkg/errs"
	"github.com/acme/shop/pkg/log"
	"github.com/acme/shop/pkg/timex"
)

// Cancel is the buyer's; Close is the system's.
func (s *Service) Cancel(ctx context.Context, userID, orderID int64, reason string) error {
	o, err := s.mine(ctx, userID, orderID)
	if err != nil {
		return err
	}
	switch o.Status {
	case enum.OrderPendingPay:
		return s.close(ctx, o, userID, reason)
	case enum.OrderPaid:
		if timex.Now().Sub(*o.PaidAt) > 30*time.Minute {
			return errs.New(errs.StateConflict, "ask for a refund instead")
		}
		if _, err := s.Pay.Refund(ctx, o.OrderNo, o.PayAmount, reason); err != nil {
			return err
		}
		return s.close(ctx, o, userID, reason)
	}
	return errs.Newf(errs.StateConflict, "order %s is %s", o.OrderNo, o.Status)
}

// CloseUnpaid is the timer's entry; an order that was paid meanwhile is left alone.
func (s *Service) CloseUnpaid(ctx context.Context, orderID int64) error {
	o, err := s.Orders.Get(ctx, orderID)
	if err != nil {
		return err
	}
	if o.Status != enum.OrderPendingPay {
		return nil
	}
	if paid, err := s.Pay.QueryPaid(ctx, o.OrderNo); err != nil {
		return err
	} else if paid {
		return nil
	}
	return s.close(ctx, o, 0, "timeout")
}

func (s *Service) close(ctx context.Context, o *ordermodel.Order, operator int64, reason string) error {
	err := s.Base.Tx(ctx, func(ctx context.Context) error {
		ok, err := s.Orders.CasStatus(ctx, o.ID, o.Status, enum.OrderClosed, map[string]any{"cancel_reason": reason, "closed_at": timex.Now()})
		if err != nil {
			return err
		}
		if !ok {
			return errs.Newf(errs.Conflict, "order %s changed", o.OrderNo)
		}
		if err := s.Reserve.Release(ctx, o.OrderNo); err != nil {
			return err
		}
		if o.CouponID != 0 {
			if err := s.Coupons.Unlock(ctx, o.OrderNo); err != nil {
				return err
			}
		}
		return s.logf(ctx, o, operator, "close", "%s", reason)
	})
	if err != nil {
		return err
	}
	if err := s.Pay.Close(ctx, o.OrderNo); err != nil {
		log.Warn(ctx, "close payment", log.String("order", o.OrderNo), log.Err(err))
	}
	return s.Producer.OrderClosed(ctx, event.OrderClosed{OrderNo: o.OrderNo, OrderID: o.ID, UserID: o.UserID, Reason: reason, At: timex.Now()})
}
