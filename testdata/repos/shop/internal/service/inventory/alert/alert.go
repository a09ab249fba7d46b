// Package alert warns when stock runs low.
package alert

import (
	"context"
	"fmt"

	invdao "github.com/acme/shop/internal/dao/inventory"
	invmodel "github.com/acme/shop/internal/model/inventory"
	invsvc "github.com/acme/shop/internal/service/inventory"
	"github.com/acme/shop/internal/service/notify"
)

type Service struct {
	stocks *invdao.StockRepo
	stock  *invsvc.StockService
	notify *notify.Service
}

func New(s *invdao.StockRepo, st *invsvc.StockService, n *notify.Service) *Service {
	return &Service{stocks: s, stock: st, notify: n}
}

// Low lists what will be sold out within days at the present speed.
func (s *Service) Low(ctx context.Context, warehouseID int64, days int) ([]*invmodel.Stock, error) {
	rows, err := s.stocks.ListByWarehouseID(ctx, warehouseID)
	if err != nil {
		return nil, err
	}
	var out []*invmodel.Stock
	for _, r := range rows {
		if r.Available <= r.SafetyLine {
			out = append(out, r)
			continue
		}
		sold, err := s.stock.SoldLastDays(ctx, r.SkuID, 14)
		if err != nil {
			return nil, err
		}
		if sold > 0 && r.Available*14/sold < int64(days) {
			out = append(out, r)
		}
	}
	return out, nil
}

// Run warns the buyers' group.
func (s *Service) Run(ctx context.Context, warehouseID int64) error {
	low, err := s.Low(ctx, warehouseID, 5)
	if err != nil || len(low) == 0 {
		return err
	}
	s.notify.Staff(ctx, "buyers", fmt.Sprintf("仓库 %d 有 %d 个 SKU 低于安全库存", warehouseID, len(low)))
	return nil
}
