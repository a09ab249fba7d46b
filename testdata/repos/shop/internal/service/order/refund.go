package order

import (
	"context"
	"time"

	orderdto "github.com/acme/shop/internal/dto/order"
	"github.com/acme/shop/internal/model/event"
	ordermodel "github.com/acme/shop/internal/model/order"
	"github.com/acme/shop/internal/model/order/enum"
	"github.com/acme/shop/internal/service/order/refund"
	"github.com/acme/shop/pkg/errs"
	"github.com/acme/shop/pkg/feature"
	"github.com/acme/shop/pkg/money"
	"github.com/acme/shop/pkg/timex"
)

// ApplyRefund checks what can be refunded, splits it over the items and starts the payment refund.
func (s *Service) ApplyRefund(ctx context.Context, userID int64, req *orderdto.RefundReq) (string, error) {
	o, err := s.mine(ctx, userID, req.OrderID)
	if err != nil {
		return "", err
	}
	items, err := s.Items.ListByOrderID(ctx, o.ID)
	if err != nil {
		return "", err
	}
	byID := map[int64]*ordermodel.Item{}
	for _, it := range items {
		byID[it.ID] = it
	}
	var amount money.Amount
	whole := true
	for _, l := range req.Lines {
		it, ok := byID[l.ItemID]
		if !ok {
			return "", errs.Newf(errs.InvalidArgument, "item %d", l.ItemID)
		}
		if l.Quantity > it.Refundable() {
			if it.Refundable() == 0 {
				return "", errs.Newf(errs.StateConflict, "%s was refunded", it.Title)
			}
			return "", errs.Newf(errs.InvalidArgument, "%s: at most %d", it.Title, it.Refundable())
		}
		amount += it.RefundAmount(l.Quantity)
	}
	for _, it := range items {
		asked := int32(0)
		for _, l := range req.Lines {
			if l.ItemID == it.ID {
				asked += l.Quantity
			}
		}
		if asked < it.Refundable() {
			whole = false
		}
	}
	switch o.Status {
	case enum.OrderPaid, enum.OrderPicking:
		if whole {
			amount += o.FreightAmount
		}
	case enum.OrderShipped, enum.OrderReceived:
		if req.Reason == "quality" || req.Reason == "wrong" {
			if whole {
				amount += o.FreightAmount
			}
		} else if timex.Now().Sub(*o.ShippedAt) > 7*24*time.Hour {
			return "", errs.New(errs.StateConflict, "seven days are over")
		}
	case enum.OrderFinished:
		if !feature.Enabled("feature.refund.finished", userID) {
			return "", errs.New(errs.StateConflict, "the order is finished")
		}
	default:
		return "", errs.Newf(errs.StateConflict, "order %s is %s", o.OrderNo, o.Status)
	}
	if max := refund.Ceiling(o, items); amount > max {
		amount = max
	}
	if amount == 0 {
		return "", errs.New(errs.InvalidArgument, "nothing to refund")
	}
	var refundNo string
	err = s.Base.Tx(ctx, func(ctx context.Context) error {
		if ok, err := s.Orders.CasStatus(ctx, o.ID, o.Status, enum.OrderRefunding, nil); err != nil || !ok {
			return errs.Wrap(err, errs.Conflict, o.OrderNo)
		}
		for _, l := range req.Lines {
			if err := s.Items.Updates(ctx, l.ItemID, map[string]any{"refunded_qty": byID[l.ItemID].RefundedQty + l.Quantity}); err != nil {
				return err
			}
		}
		no, err := s.Pay.Refund(ctx, o.OrderNo, amount, req.Reason)
		refundNo = no
		return err
	})
	if err != nil {
		return "", err
	}
	return refundNo, s.logf(ctx, o, userID, "refund", "%s %s", refundNo, amount)
}

// RefundDone is called by the consumer of refund_finished.
func (s *Service) RefundDone(ctx context.Context, e event.RefundFinished) error {
	o, err := s.Orders.GetByOrderNo(ctx, e.OrderNo)
	if err != nil {
		return err
	}
	if o.Status != enum.OrderRefunding {
		return nil
	}
	to := enum.OrderRefunded
	if !e.OK {
		to = enum.OrderPaid
	}
	if ok, err := s.Orders.CasStatus(ctx, o.ID, o.Status, to, nil); err != nil || !ok {
		return err
	}
	if e.OK {
		items, err := s.Items.ListByOrderID(ctx, o.ID)
		if err != nil {
			return err
		}
		for _, it := range items {
			if err := s.Stock.Return(ctx, it.SkuID, it.WarehouseID, int64(it.RefundedQty), "refund", e.RefundNo); err != nil {
				return err
			}
		}
	}
	return s.logf(ctx, o, 0, "refund_done", "%s ok=%v", e.RefundNo, e.OK)
}
