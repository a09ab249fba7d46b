// Package reserve holds stock for unpaid orders.
package reserve

import (
	"context"
	"time"

	invdao "github.com/acme/shop/internal/dao/inventory"
	invmodel "github.com/acme/shop/internal/model/inventory"
	ordermodel "github.com/acme/shop/internal/model/order"
	invsvc "github.com/acme/shop/internal/service/inventory"
	"github.com/acme/shop/internal/service/inventory/warehouse"
	"github.com/acme/shop/pkg/errs"
	"github.com/acme/shop/pkg/geo"
	"github.com/acme/shop/pkg/timex"
)

type Service struct {
	res    *invdao.ReservationRepo
	stocks *invdao.StockRepo
	wh     *invdao.WarehouseRepo
	stock  *invsvc.StockService
}

func New(r *invdao.ReservationRepo, s *invdao.StockRepo, w *invdao.WarehouseRepo, st *invsvc.StockService) *Service {
	return &Service{res: r, stocks: s, wh: w, stock: st}
}

type Line struct {
	SkuID    int64
	Quantity int64
}

func FromItems(items []*ordermodel.Item) []Line {
	out := make([]Line, 0, len(items))
	for _, it := range items {
		out = append(out, Line{SkuID: it.SkuID, Quantity: int64(it.Quantity)})
	}
	return out
}

// Hold takes each line from the nearest warehouse that has all of it, else from several.
func (s *Service) Hold(ctx context.Context, orderNo string, to geo.Point, lines []Line, ttl time.Duration) ([]*invmodel.Reservation, error) {
	all, _, err := s.wh.List(ctx, invdao.WarehouseFilter{Status: []invmodel.WarehouseStatus{invmodel.WarehouseOpen}})
	if err != nil {
		return nil, err
	}
	near := warehouse.Nearest(all, to)
	var out []*invmodel.Reservation
	err = s.res.Tx(ctx, func(ctx context.Context) error {
		for _, l := range lines {
			need := l.Quantity
			for _, w := range near {
				if need == 0 {
					break
				}
				got, err := s.take(ctx, l.SkuID, w.ID, need)
				if err != nil {
					return err
				}
				if got == 0 {
					continue
				}
				r := &invmodel.Reservation{OrderNo: orderNo, SkuID: l.SkuID, WarehouseID: w.ID, Quantity: got, ExpireAt: timex.Now().Add(ttl), Status: invmodel.ReservationHeld}
				if err := s.res.Create(ctx, r); err != nil {
					return err
				}
				out = append(out, r)
				need -= got
			}
			if need > 0 {
				return errs.Newf(errs.InsufficientStock, "sku %d: %d missing", l.SkuID, need)
			}
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return out, nil
}

func (s *Service) take(ctx context.Context, skuID, warehouseID, need int64) (int64, error) {
	var left int64
	err := s.stocks.DB(ctx).Raw("SELECT available FROM t_stock WHERE sku_id = ? AND warehouse_id = ? FOR UPDATE", skuID, warehouseID).Scan(&left).Error
	if err != nil || left <= 0 {
		return 0, err
	}
	n := min(left, need)
	err = s.stocks.DB(ctx).Exec("UPDATE t_stock SET available = available - ?, locked = locked + ? WHERE sku_id = ? AND warehouse_id = ?", n, n, skuID, warehouseID).Error
	return n, err
}

// Confirm turns the reservation into a deduction.
func (s *Service) Confirm(ctx context.Context, orderNo string) error {
	return s.each(ctx, orderNo, invmodel.ReservationConfirmed, func(r *invmodel.Reservation) error {
		return s.stock.Deduct(ctx, r.SkuID, r.WarehouseID, r.Quantity, "order", orderNo)
	})
}

// Release gives the stock back; calling it twice is fine.
func (s *Service) Release(ctx context.Context, orderNo string) error {
	return s.each(ctx, orderNo, invmodel.ReservationReleased, func(r *invmodel.Reservation) error {
		return s.stocks.DB(ctx).Exec("UPDATE t_stock SET available = available + ?, locked = locked - ? WHERE sku_id = ? AND warehouse_id = ?", r.Quantity, r.Quantity, r.SkuID, r.WarehouseID).Error
	})
}

func (s *Service) each(ctx context.Context, orderNo string, to invmodel.ReservationStatus, fn func(*invmodel.Reservation) error) error {
	rows, err := s.res.ListByOrderNo(ctx, orderNo)
	if err != nil {
		return err
	}
	for _, r := range rows {
		if r.Status != invmodel.ReservationHeld {
			continue
		}
		ok, err := s.res.CasStatus(ctx, r.ID, r.Status, to, nil)
		if err != nil {
			return err
		}
		if ok {
			if err := fn(r); err != nil {
				return err
			}
		}
	}
	return nil
}
