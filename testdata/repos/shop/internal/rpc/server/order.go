// Package server serves the shop's contexts to other processes over gRPC.
package server

import (
	"context"

	"github.com/acme/shop/api/proto/common/v1"
	"github.com/acme/shop/api/proto/order/v1"
	orderdto "github.com/acme/shop/internal/dto/order"
	"github.com/acme/shop/internal/dto/page"
	ordersvc "github.com/acme/shop/internal/service/order"
	"github.com/acme/shop/pkg/grpcx"
)

type orderServer struct {
	orderv1.UnimplementedOrderServiceServer
	svc *ordersvc.Service
}

func (s *orderServer) GetOrder(ctx context.Context, req *orderv1.GetOrderRequest) (*orderv1.Order, error) {
	d, err := s.svc.Detail(ctx, req.GetUserId(), req.GetOrderId())
	if err != nil {
		return nil, grpcx.ToStatus(err)
	}
	out := toOrder(d.Order)
	for _, it := range d.Items {
		out.Items = append(out.Items, &orderv1.Item{SkuId: it.SkuID, Title: it.Title, Quantity: it.Quantity, UnitCents: it.UnitPrice.Int64()})
	}
	return out, nil
}

func (s *orderServer) ListOrders(ctx context.Context, req *orderv1.ListOrdersRequest) (*orderv1.ListOrdersReply, error) {
	rows, total, err := s.svc.List(ctx, &orderdto.ListOrderReq{UserID: req.GetUserId(), Query: page.Query{Page: int(req.GetPage().GetPage()), Size: int(req.GetPage().GetSize())}})
	if err != nil {
		return nil, grpcx.ToStatus(err)
	}
	out := &orderv1.ListOrdersReply{Total: total}
	for _, o := range rows {
		out.Orders = append(out.Orders, toOrder(o))
	}
	return out, nil
}

func (s *orderServer) CloseOrder(ctx context.Context, req *orderv1.CloseOrderRequest) (*commonv1.Empty, error) {
	return &commonv1.Empty{}, grpcx.ToStatus(s.svc.Cancel(ctx, 0, req.GetOrderId(), req.GetReason()))
}

func toOrder(o *orderdto.OrderResp) *orderv1.Order {
	return &orderv1.Order{Id: o.ID, OrderNo: o.OrderNo, UserId: o.UserID, Status: orderv1.OrderStatus(o.Status), Payable: &commonv1.Money{Cents: o.PayAmount.Int64(), Currency: "CNY"}}
}
