package order

import (
	"context"
	"strconv"

	wmscli "github.com/acme/shop/internal/client/wms"
	"github.com/acme/shop/internal/model/order/enum"
	"github.com/acme/shop/internal/service/order/split"
	"github.com/acme/shop/internal/service/order/state"
	"github.com/acme/shop/pkg/errs"
	"github.com/acme/shop/pkg/log"
	"github.com/acme/shop/pkg/timex"
)

// Pick hands a paid order to the warehouses.
func (s *Service) Pick(ctx context.Context, orderID int64) error {
	o, err := s.Orders.Get(ctx, orderID)
	if err != nil {
		return err
	}
	if err := state.Check(o.Status, enum.OrderPicking); err != nil {
		return err
	}
	items, err := s.Items.ListByOrderID(ctx, o.ID)
	if err != nil {
		return err
	}
	for _, part := range split.ByWarehouse(items) {
		out := wmscli.Outbound{OrderNo: o.OrderNo, Warehouse: strconv.FormatInt(part.WarehouseID, 10)}
		for _, it := range part.Items {
			sku, err := s.Skus.Get(ctx, it.SkuID)
			if err != nil {
				return err
			}
			out.Lines = append(out.Lines, wmscli.Pick{SkuNo: sku.SkuNo, Qty: it.Quantity})
		}
		task, err := s.WMS.Push(ctx, out)
		if err != nil {
			return errs.Wrap(err, errs.Unavailable, "wms")
		}
		if err := s.logf(ctx, o, 0, "pick", "warehouse %d task %s", part.WarehouseID, task); err != nil {
			return err
		}
	}
	_, err = s.Orders.CasStatus(ctx, o.ID, o.Status, enum.OrderPicking, nil)
	return err
}

// Ship creates the shipments and tells the buyer.
func (s *Service) Ship(ctx context.Context, operator, orderID int64) ([]string, error) {
	o, err := s.Orders.Get(ctx, orderID)
	if err != nil {
		return nil, err
	}
	if err := state.Check(o.Status, enum.OrderShipped); err != nil {
		return nil, err
	}
	items, err := s.Items.ListByOrderID(ctx, o.ID)
	if err != nil {
		return nil, err
	}
	nos, err := s.shipments(ctx, o, items)
	if err != nil {
		return nil, err
	}
	ok, err := s.Orders.CasStatus(ctx, o.ID, o.Status, enum.OrderShipped, map[string]any{"shipped_at": timex.Now()})
	if err != nil {
		return nil, err
	}
	if !ok {
		return nil, errs.Newf(errs.Conflict, "order %s changed", o.OrderNo)
	}
	s.Audit.Record(ctx, "order.ship", operator, orderID, map[string]any{"waybills": nos})
	for _, no := range nos {
		if err := s.Notify.User(ctx, o.UserID, "order.shipped", o.OrderNo, "", no); err != nil {
			log.Warn(ctx, "notify shipped", log.Err(err))
		}
	}
	return nos, nil
}
