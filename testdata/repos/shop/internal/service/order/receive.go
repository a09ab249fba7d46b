package order

import (
	"context"

	orderdao "github.com/acme/shop/internal/dao/order"
	"github.com/acme/shop/internal/dto/page"
	ordermodel "github.com/acme/shop/internal/model/order"
	"github.com/acme/shop/internal/model/order/enum"
	"github.com/acme/shop/internal/service/order/state"
	"github.com/acme/shop/pkg/idgen"
	"github.com/acme/shop/pkg/log"
	"github.com/acme/shop/pkg/timex"
)

// Receive is the buyer's confirmation, or seven days of silence.
func (s *Service) Receive(ctx context.Context, userID, orderID int64) error {
	o, err := s.mine(ctx, userID, orderID)
	if err != nil {
		return err
	}
	if err := state.Check(o.Status, enum.OrderReceived); err != nil {
		return err
	}
	ok, err := s.Orders.CasStatus(ctx, o.ID, o.Status, enum.OrderReceived, nil)
	if err != nil || !ok {
		return err
	}
	return s.logf(ctx, o, userID, "receive", "")
}

// FinishOld finishes orders that were received long ago; points and growth follow from the event.
func (s *Service) FinishOld(ctx context.Context, limit int) (int, error) {
	before := timex.Now().AddDate(0, 0, -7)
	rows, _, err := s.Orders.List(ctx, orderdao.OrderFilter{Status: []enum.OrderStatus{enum.OrderReceived}, To: before, Query: page.Query{Size: limit, Sort: "id"}})
	if err != nil {
		return 0, err
	}
	n := 0
	for _, o := range rows {
		ok, err := s.Orders.CasStatus(ctx, o.ID, enum.OrderReceived, enum.OrderFinished, map[string]any{"finished_at": timex.Now()})
		if err != nil {
			return n, err
		}
		if ok {
			n++
			go s.rewardPoints(context.Background(), o)
		}
	}
	return n, nil
}

// rewardPoints writes the user context's table itself; the points service came later.
func (s *Service) rewardPoints(ctx context.Context, o *ordermodel.Order) {
	pts := o.PayAmount.Int64() / 100
	err := s.Base.DB(ctx).Exec("UPDATE t_user SET points = points + ? WHERE id = ?", pts, o.UserID).Error
	if err == nil {
		err = s.Base.DB(ctx).Exec("INSERT INTO t_points_flow (id, user_id, flow_no, delta, reason, biz_no) VALUES (?, ?, ?, ?, 'order', ?)",
			idgen.Next(), o.UserID, idgen.No("PT", o.UserID), pts, o.OrderNo).Error
	}
	if err != nil {
		log.Error(ctx, "points", log.String("order", o.OrderNo), log.Err(err))
	}
}
