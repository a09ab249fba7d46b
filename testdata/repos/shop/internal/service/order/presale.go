package order

import (
	"context"
	"time"

	ordermodel "github.com/acme/shop/internal/model/order"
	"github.com/acme/shop/internal/model/order/enum"
	"github.com/acme/shop/pkg/log"
	"github.com/acme/shop/pkg/money"
)

// Deposit splits a pre-sale order into deposit and balance: 定金膨胀.
type Deposit struct {
	Deposit money.Amount
	Counts  money.Amount
	Balance money.Amount
	PayFrom time.Time
	PayTo   time.Time
}

// SplitDeposit takes 10 % now, which counts double on the balance.
func SplitDeposit(o *ordermodel.Order, start time.Time) Deposit {
	d := o.PayAmount.Percent(1000)
	return Deposit{Deposit: d, Counts: d.Mul(2), Balance: (o.PayAmount - d.Mul(2)).Floor0(), PayFrom: start, PayTo: start.Add(72 * time.Hour)}
}

// OpenBalance reminds everybody whose balance can be paid now.
func (s *Service) OpenBalance(ctx context.Context, orderIDs []int64) error {
	rows, err := s.Orders.BatchGet(ctx, orderIDs)
	if err != nil {
		return err
	}
	for _, o := range rows {
		if o.Status != enum.OrderPendingPay {
			continue
		}
		if err := s.Notify.User(ctx, o.UserID, "order.paid", o.OrderNo); err != nil {
			log.Warn(ctx, "presale", log.String("order", o.OrderNo), log.Err(err))
		}
	}
	return nil
}
