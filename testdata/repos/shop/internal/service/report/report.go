// Package report joins everything with everything.
package report

import (
	"bytes"
	"context"
	"time"

	"github.com/acme/shop/internal/dao"
	"github.com/acme/shop/pkg/excel"
	"github.com/acme/shop/pkg/money"
	"github.com/acme/shop/pkg/storage"
	"github.com/acme/shop/pkg/timex"
)

type Service struct {
	base *dao.Base
	out  storage.Store
}

func New(b *dao.Base, out storage.Store) *Service { return &Service{base: b, out: out} }

// Daily is one line of the management report.
type Daily struct {
	Day      string
	Orders   int64
	Paid     money.Amount
	Refunds  money.Amount
	NewUsers int64
	Coupons  int64
	Parcels  int64
}

// Day reads the tables of six contexts in one statement.
func (s *Service) Day(ctx context.Context, day time.Time) (*Daily, error) {
	from, to := timex.DayRange(day)
	d := &Daily{Day: timex.Date(day)}
	err := s.base.DB(ctx).Raw(`SELECT
 (SELECT COUNT(*) FROM t_order WHERE created_at >= @from AND created_at < @to) AS orders,
 (SELECT COALESCE(SUM(amount), 0) FROM t_payment WHERE paid_at >= @from AND paid_at < @to AND status = 2) AS paid,
 (SELECT COALESCE(SUM(amount), 0) FROM t_payment_refund WHERE finished_at >= @from AND finished_at < @to) AS refunds,
 (SELECT COUNT(*) FROM t_user WHERE created_at >= @from AND created_at < @to) AS new_users,
 (SELECT COUNT(*) FROM t_user_coupon WHERE used_at >= @from AND used_at < @to) AS coupons,
 (SELECT COUNT(*) FROM t_shipment WHERE created_at >= @from AND created_at < @to) AS parcels`,
		map[string]any{"from": from, "to": to}).Scan(d).Error
	return d, dao.Translate(err, "report")
}

// Month writes a sheet and returns its address.
func (s *Service) Month(ctx context.Context, month time.Time) (string, error) {
	from, to := timex.MonthRange(month)
	t := excel.Table{Sheet: "月报", Head: []string{"日期", "订单", "实收", "退款", "新客", "用券", "包裹"}}
	for day := from; day.Before(to); day = day.AddDate(0, 0, 1) {
		d, err := s.Day(ctx, day)
		if err != nil {
			return "", err
		}
		t.Add(d.Day, d.Orders, d.Paid.String(), d.Refunds.String(), d.NewUsers, d.Coupons, d.Parcels)
	}
	var buf bytes.Buffer
	if err := t.Write(&buf); err != nil {
		return "", err
	}
	return s.out.Put(ctx, "report/"+from.Format("2006-01")+".xlsx", &buf)
}
