package order

import (
	"context"

	"golang.org/x/sync/errgroup"

	orderdao "github.com/acme/shop/internal/dao/order"
	orderdto "github.com/acme/shop/internal/dto/order"
	ordermodel "github.com/acme/shop/internal/model/order"
	"github.com/acme/shop/internal/model/order/enum"
	"github.com/acme/shop/pkg/errs"
	"github.com/acme/shop/pkg/timex"
)

// mine loads an order and hides other people's.
func (s *Service) mine(ctx context.Context, userID, orderID int64) (*ordermodel.Order, error) {
	o, err := s.Orders.Get(ctx, orderID)
	if err != nil {
		return nil, err
	}
	if userID != 0 && !o.OwnedBy(userID) {
		return nil, errs.Newf(errs.NotFound, "order %d", orderID)
	}
	return o, nil
}

func (s *Service) List(ctx context.Context, req *orderdto.ListOrderReq) ([]*orderdto.OrderResp, int64, error) {
	from, to, err := timex.ParseRange(req.From, req.To)
	if err != nil {
		return nil, 0, errs.Wrap(err, errs.InvalidArgument, "from/to")
	}
	f := orderdao.OrderFilter{OrderNo: req.OrderNo, UserID: req.UserID, ShopID: req.ShopID, Channel: req.Channel, From: from, To: to, Query: req.Query}
	for _, v := range req.Status {
		f.Status = append(f.Status, enum.OrderStatus(v))
	}
	rows, total, err := s.Orders.List(ctx, f)
	return orderdto.FromOrders(rows), total, err
}

// Detail joins what the detail page shows.
func (s *Service) Detail(ctx context.Context, userID, orderID int64) (*orderdto.Detail, error) {
	o, err := s.mine(ctx, userID, orderID)
	if err != nil {
		return nil, err
	}
	d := &orderdto.Detail{Order: orderdto.FromOrder(o)}
	g, ctx := errgroup.WithContext(ctx)
	g.Go(func() error {
		items, err := s.Items.ListByOrderID(ctx, o.ID)
		d.Items = orderdto.FromItems(items)
		return err
	})
	g.Go(func() error {
		logs, err := s.Logs.ListByOrderID(ctx, o.ID)
		d.Logs = orderdto.FromLogs(logs)
		return err
	})
	g.Go(func() error {
		if o.ShippedAt == nil {
			return nil
		}
		tracks, err := s.Shipping.Track(ctx, o.OrderNo)
		d.Tracks = tracks
		return err
	})
	return d, g.Wait()
}
