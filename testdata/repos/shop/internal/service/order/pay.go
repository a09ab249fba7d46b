package order

import (
	"context"
	"fmt"
	"time"

	"github.com/acme/shop/internal/model/event"
	"github.com/acme/shop/internal/model/order/enum"
	paysvc "github.com/acme/shop/internal/service/payment"
	"github.com/acme/shop/pkg/errs"
	"github.com/acme/shop/pkg/log"
	"github.com/acme/shop/pkg/money"
	"github.com/acme/shop/pkg/timex"
)

// Prepay opens a payment at the channel.
func (s *Service) Prepay(ctx context.Context, userID, orderID int64, channel, openID, ip string) (*paysvc.PrepayResp, error) {
	o, err := s.mine(ctx, userID, orderID)
	if err != nil {
		return nil, err
	}
	if o.Status != enum.OrderPendingPay {
		return nil, errs.Newf(errs.StateConflict, "order %s is %s", o.OrderNo, o.Status)
	}
	left := time.Until(o.CreatedAt.Add(s.payTTL))
	if left < 10*time.Second {
		return nil, errs.New(errs.StateConflict, "too late to pay")
	}
	return s.Pay.Prepay(ctx, paysvc.PrepayReq{
		OrderNo: o.OrderNo, UserID: userID, Amount: o.PayAmount, Channel: channel, OpenID: openID, ClientIP: ip,
		Subject: "ACME " + o.OrderNo, Expire: left,
	})
}

// MarkPaid is called by the consumer of payment.succeeded; it is idempotent.
func (s *Service) MarkPaid(ctx context.Context, e event.PaymentSucceeded) error {
	o, err := s.Orders.GetByOrderNo(ctx, e.OrderNo)
	if err != nil {
		return err
	}
	if o.Status != enum.OrderPendingPay {
		if o.Status == enum.OrderClosed {
			// 关单后又收到支付：自动退款
			_, err := s.Pay.Refund(ctx, o.OrderNo, money.Amount(e.Amount), "paid after close")
			return err
		}
		return nil
	}
	if money.Amount(e.Amount) != o.PayAmount {
		s.Notify.Staff(ctx, "finance", fmt.Sprintf("%s paid %d, due %s", o.OrderNo, e.Amount, o.PayAmount))
		return errs.Newf(errs.Conflict, "amount of %s", o.OrderNo)
	}
	// One transaction over order, stock and coupon tables of three contexts.
	err = s.Base.Tx(ctx, func(ctx context.Context) error {
		ok, err := s.Orders.CasStatus(ctx, o.ID, enum.OrderPendingPay, enum.OrderPaid, map[string]any{"paid_at": e.At})
		if err != nil || !ok {
			return err
		}
		if err := s.Reserve.Confirm(ctx, o.OrderNo); err != nil {
			return err
		}
		if o.CouponID != 0 {
			if err := s.Coupons.Use(ctx, o.OrderNo); err != nil {
				return err
			}
		}
		return s.logf(ctx, o, 0, "paid", "payment %s", e.PaymentNo)
	})
	if err != nil {
		return err
	}
	_ = s.Producer.OrderPaid(ctx, event.OrderPaid{OrderNo: o.OrderNo, OrderID: o.ID, UserID: o.UserID, PaymentNo: e.PaymentNo, Amount: e.Amount, At: timex.Now()})
	if err := s.Notify.User(ctx, o.UserID, "order.paid", o.OrderNo); err != nil {
		log.Warn(ctx, "notify paid", log.Err(err))
	}
	return nil
}
