// Package inventory counts what is there.
//
// domain: inventory
package inventory

import (
	"context"

	erpcli "github.com/acme/shop/internal/client/erp"
	"github.com/acme/shop/internal/dao"
	invdao "github.com/acme/shop/internal/dao/inventory"
	"github.com/acme/shop/internal/model/event"
	invmodel "github.com/acme/shop/internal/model/inventory"
	"github.com/acme/shop/internal/mq/producer"
	"github.com/acme/shop/pkg/cache"
	"github.com/acme/shop/pkg/errs"
	"github.com/acme/shop/pkg/idgen"
	"github.com/acme/shop/pkg/timex"
)

type StockService struct {
	stocks   *invdao.StockRepo
	flows    *invdao.StockFlowRepo
	producer *producer.Producer
	erp      *erpcli.Client
	cache    *cache.Client
}

func New(s *invdao.StockRepo, f *invdao.StockFlowRepo, p *producer.Producer, e *erpcli.Client, c *cache.Client) *StockService {
	return &StockService{stocks: s, flows: f, producer: p, erp: e, cache: c}
}

// Available sums over the warehouses.
func (s *StockService) Available(ctx context.Context, skuIDs []int64) (map[int64]int64, error) {
	out := make(map[int64]int64, len(skuIDs))
	for _, id := range skuIDs {
		rows, err := s.stocks.ListBySkuID(ctx, id)
		if err != nil {
			return nil, err
		}
		for _, r := range rows {
			out[id] += r.Available
		}
	}
	return out, nil
}

// Deduct takes what was reserved; optimistic, three tries.
func (s *StockService) Deduct(ctx context.Context, skuID, warehouseID, qty int64, biz, no string) error {
	return s.change(ctx, skuID, warehouseID, -qty, biz, no)
}

// Return puts goods back on sale.
func (s *StockService) Return(ctx context.Context, skuID, warehouseID, qty int64, biz, no string) error {
	return s.change(ctx, skuID, warehouseID, qty, biz, no)
}

func (s *StockService) change(ctx context.Context, skuID, warehouseID, delta int64, biz, no string) error {
	for try := 0; try < 3; try++ {
		rows, err := s.stocks.ListBySkuID(ctx, skuID)
		if err != nil {
			return err
		}
		var st *invmodel.Stock
		for _, r := range rows {
			if r.WarehouseID == warehouseID {
				st = r
			}
		}
		if st == nil {
			return errs.Newf(errs.NotFound, "stock of sku %d in warehouse %d", skuID, warehouseID)
		}
		if st.Total+delta < 0 {
			return errs.Newf(errs.InsufficientStock, "sku %d: %d left", skuID, st.Total)
		}
		res := s.stocks.DB(ctx).Exec("UPDATE t_stock SET total = total + ?, available = available + ?, version = version + 1 WHERE id = ? AND version = ?", delta, max(delta, 0), st.ID, st.Version)
		if res.Error != nil {
			return dao.Translate(res.Error, "t_stock")
		}
		if res.RowsAffected == 0 {
			continue
		}
		f := &invmodel.StockFlow{SkuID: skuID, WarehouseID: warehouseID, FlowNo: idgen.No("SF", skuID), Delta: delta, AfterAvailable: st.Available + max(delta, 0), BizType: biz, BizNo: no}
		if err := s.flows.Create(ctx, f); err != nil {
			return err
		}
		return s.producer.StockChanged(ctx, event.StockChanged{SkuID: skuID, WarehouseID: warehouseID, Available: f.AfterAvailable, BizType: biz, At: timex.Now()})
	}
	return errs.New(errs.Conflict, "stock changes too fast")
}
