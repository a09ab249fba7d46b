package order

import (
	"context"

	ordermodel "github.com/acme/shop/internal/model/order"
	"github.com/acme/shop/internal/model/order/enum"
	"github.com/acme/shop/pkg/errs"
	"github.com/acme/shop/pkg/set"
)

// Merge joins open orders of one buyer to one address, so that they leave in one parcel.
func (s *Service) Merge(ctx context.Context, operator int64, ids []int64) (*ordermodel.Order, error) {
	rows, err := s.Orders.BatchGet(ctx, ids)
	if err != nil {
		return nil, err
	}
	if len(rows) != len(set.Unique(ids)) || len(rows) < 2 {
		return nil, errs.New(errs.InvalidArgument, "at least two existing orders")
	}
	var head *ordermodel.Order
	for _, id := range ids {
		o := rows[id]
		if o.Status != enum.OrderPaid {
			return nil, errs.Newf(errs.StateConflict, "order %s is %s", o.OrderNo, o.Status)
		}
		if head == nil {
			head = o
			continue
		}
		if o.UserID != head.UserID || o.ReceiverAddr != head.ReceiverAddr || o.ReceiverPhone != head.ReceiverPhone {
			return nil, errs.Newf(errs.InvalidArgument, "%s goes elsewhere", o.OrderNo)
		}
	}
	err = s.Base.Tx(ctx, func(ctx context.Context) error {
		for _, id := range ids {
			if id == head.ID {
				continue
			}
			if err := s.Items.DB(ctx).Exec("UPDATE t_order_item SET order_id = ? WHERE order_id = ?", head.ID, id).Error; err != nil {
				return err
			}
			if err := s.logf(ctx, rows[id], operator, "merge", "into %s", head.OrderNo); err != nil {
				return err
			}
		}
		return nil
	})
	return head, err
}
