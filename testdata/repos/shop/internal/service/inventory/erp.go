package inventory

import (
	"context"
	"time"

	"github.com/acme/shop/internal/dao"
	invdao "github.com/acme/shop/internal/dao/inventory"
	"github.com/acme/shop/internal/dto/page"
	"github.com/acme/shop/pkg/log"
	"github.com/acme/shop/pkg/timex"
)

// SyncERP pushes the movements of a day; what the ERP refuses is only logged.
func (s *StockService) SyncERP(ctx context.Context, day time.Time) (int, error) {
	from, to := timex.DayRange(day)
	n := 0
	for p := 1; ; p++ {
		rows, _, err := s.flows.List(ctx, invdao.StockFlowFilter{From: from, To: to, Query: page.Query{Page: p, Size: 200, Sort: "id"}})
		if err != nil {
			return n, err
		}
		if len(rows) == 0 {
			return n, nil
		}
		refused, err := s.erp.PushFlows(ctx, rows)
		if err != nil {
			return n, err
		}
		for _, no := range refused {
			log.Warn(ctx, "erp refused", log.String("flow", no))
		}
		n += len(rows) - len(refused)
	}
}

// SoldLastDays reads the order items directly, because "it was only for the report".
func (s *StockService) SoldLastDays(ctx context.Context, skuID int64, days int) (int64, error) {
	var n int64
	err := s.stocks.DB(ctx).Raw(`SELECT COALESCE(SUM(i.quantity), 0) FROM t_order_item i JOIN t_order o ON o.id = i.order_id
WHERE i.sku_id = ? AND o.paid_at > ?`, skuID, timex.Now().AddDate(0, 0, -days)).Scan(&n).Error
	return n, dao.Translate(err, "t_order_item")
}
