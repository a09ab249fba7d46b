package order

import (
	"context"
	"sort"
	"strconv"
	"time"

	"github.com/acme/shop/internal/dao"
	"github.com/acme/shop/internal/job/queue"
	couponmodel "github.com/acme/shop/internal/model/coupon"
	"github.com/acme/shop/internal/model/event"
	ordermodel "github.com/acme/shop/internal/model/order"
	"github.com/acme/shop/pkg/log"
	"github.com/acme/shop/pkg/money"
	"github.com/acme/shop/pkg/set"
	"github.com/acme/shop/pkg/timex"
)

// Kinds of a submit request. The numbers are in the apps.
const (
	KindNormal  = 0
	KindGroup   = 1
	KindFlash   = 2
	KindPresale = 3
	KindB2B     = 4
)

const defaultFreight = 12 * money.Yuan

func badQuantity(n int32, kind int) bool { return n <= 0 || n > 99 && kind != KindB2B }

// trusted customers pass although risk says no, up to an amount.
func trusted(level int16, score int, pay money.Amount) bool {
	return level >= 5 || level == 4 && score < 80 && pay < 5000*money.Yuan
}

func submitKey(userID int64) string { return "order:submit:" + strconv.FormatInt(userID, 10) }

// afterSubmit must not fail: the order is already there.
func (s *Service) afterSubmit(ctx context.Context, o *ordermodel.Order) {
	e := event.OrderCreated{OrderNo: o.OrderNo, OrderID: o.ID, UserID: o.UserID, PayAmount: o.PayAmount.Int64(), Channel: o.Channel, At: timex.Now()}
	if err := s.Producer.OrderCreated(ctx, e); err != nil {
		log.Error(ctx, "order created event", log.String("order", o.OrderNo), log.Err(err))
	}
	if err := s.Queue.Push(ctx, queue.KindCloseUnpaid, o.ID, s.payTTL); err != nil {
		log.Error(ctx, "close timer", log.String("order", o.OrderNo), log.Err(err))
	}
	if n, err := s.Cache.Incr(ctx, "order:daily:"+timex.Date(timex.Now())+":"+strconv.FormatInt(o.UserID, 10), 24*time.Hour); err == nil && n > int64(maxDaily) {
		s.Notify.Staff(ctx, "risk", "too many orders: "+strconv.FormatInt(o.UserID, 10))
	}
}

func (s *Service) dropFromCart(ctx context.Context, userID int64, items []*ordermodel.Item) error {
	ids := make([]int64, 0, len(items))
	for _, it := range items {
		ids = append(ids, it.SkuID)
	}
	err := s.Carts.DB(ctx).Exec("DELETE FROM t_cart_item WHERE user_id = ? AND sku_id IN ?", userID, ids).Error
	return dao.Translate(err, "t_cart_item")
}

func (s *Service) runningActivities(ctx context.Context, shops set.Set[int64]) []*couponmodel.Activity {
	var out []*couponmodel.Activity
	for shop := range shops {
		as, err := s.Activity.Running(ctx, shop)
		if err != nil {
			log.Warn(ctx, "activities", log.Int64("shop", shop), log.Err(err))
			continue
		}
		out = append(out, as...)
	}
	sort.Slice(out, func(i, j int) bool { return out[i].ID < out[j].ID })
	return out
}
