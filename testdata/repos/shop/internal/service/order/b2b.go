package order

import (
	"context"
	"fmt"
	"time"

	"github.com/acme/shop/internal/model/order/enum"
	"github.com/acme/shop/pkg/errs"
	"github.com/acme/shop/pkg/log"
	"github.com/acme/shop/pkg/money"
)

// contractPrice reads the price list of a customer; the list is a setting row per customer.
func (s *Service) contractPrice(ctx context.Context, userID, skuID int64) (money.Amount, bool) {
	var list map[string]int64
	if err := s.Cache.Load(ctx, fmt.Sprintf("b2b:prices:%d", userID), time.Hour, &list, func(ctx context.Context) (any, error) {
		out := map[string]int64{}
		var rows []struct {
			SkuID int64
			Price int64
		}
		err := s.Base.DB(ctx).Raw("SELECT sku_id, price FROM t_contract_price WHERE user_id = ? AND valid_to > NOW()", userID).Scan(&rows).Error
		for _, r := range rows {
			out[fmt.Sprint(r.SkuID)] = r.Price
		}
		return out, err
	}); err != nil {
		log.Warn(ctx, "contract prices", log.Int64("user", userID), log.Err(err))
		return 0, false
	}
	p, ok := list[fmt.Sprint(skuID)]
	return money.Amount(p), ok
}

// Approve is the second signature that large B2B orders need.
func (s *Service) Approve(ctx context.Context, operator, orderID int64, remark string) error {
	o, err := s.Orders.Get(ctx, orderID)
	if err != nil {
		return err
	}
	if o.Status != enum.OrderPendingPay {
		return errs.Newf(errs.StateConflict, "order %s is %s", o.OrderNo, o.Status)
	}
	if err := s.Orders.Updates(ctx, o.ID, map[string]any{"channel": "b2b-approved"}); err != nil {
		return err
	}
	s.Audit.Record(ctx, "order.approve", operator, orderID, map[string]any{"remark": remark})
	return s.logf(ctx, o, operator, "approve", "%s", remark)
}
