package order

import (
	"context"
	"time"

	"github.com/acme/shop/internal/service/order/stat"
	"github.com/acme/shop/pkg/money"
	"github.com/acme/shop/pkg/timex"
)

// Today is the big screen in the office (大屏).
type Today struct {
	Orders int64        `json:"orders"`
	Paid   money.Amount `json:"paid"`
	Top    []stat.Top   `json:"top"`
}

func (s *Service) Today(ctx context.Context) (*Today, error) {
	from, to := timex.DayRange(timex.Now())
	var t Today
	err := s.Cache.Load(ctx, "order:today:"+timex.Date(from), 30*time.Second, &t, func(ctx context.Context) (any, error) {
		var out Today
		row := s.Base.DB(ctx).Raw("SELECT COUNT(*) AS orders, COALESCE(SUM(pay_amount), 0) AS paid FROM t_order WHERE paid_at >= ? AND paid_at < ?", from, to).Row()
		if err := row.Scan(&out.Orders, &out.Paid); err != nil {
			return nil, err
		}
		items, err := s.Items.List2(ctx, from, to)
		if err != nil {
			return nil, err
		}
		out.Top = stat.TopItems(items, 10)
		return out, nil
	})
	return &t, err
}
