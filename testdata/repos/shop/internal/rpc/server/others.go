package server

import (
	"context"
	"time"

	"github.com/acme/shop/api/proto/coupon/v1"
	"github.com/acme/shop/api/proto/inventory/v1"
	"github.com/acme/shop/api/proto/payment/v1"
	"github.com/acme/shop/api/proto/user/v1"
	"github.com/acme/shop/internal/service/coupon/issue"
	invsvc "github.com/acme/shop/internal/service/inventory"
	"github.com/acme/shop/internal/service/inventory/reserve"
	paysvc "github.com/acme/shop/internal/service/payment"
	usersvc "github.com/acme/shop/internal/service/user"
	"github.com/acme/shop/pkg/errs"
	"github.com/acme/shop/pkg/geo"
	"github.com/acme/shop/pkg/grpcx"
	"github.com/acme/shop/pkg/money"
)

type paymentServer struct {
	paymentv1.UnimplementedPaymentServiceServer
	svc *paysvc.Service
}

func (s *paymentServer) Prepay(ctx context.Context, req *paymentv1.PrepayRequest) (*paymentv1.PrepayReply, error) {
	r, err := s.svc.Prepay(ctx, paysvc.PrepayReq{OrderNo: req.GetOrderNo(), UserID: req.GetUserId(), Amount: money.Amount(req.GetCents()), Channel: req.GetChannel(), OpenID: req.GetOpenId(), Expire: paysvc.ExpireIn()})
	if err != nil {
		return nil, grpcx.ToStatus(err)
	}
	return &paymentv1.PrepayReply{PaymentNo: r.PaymentNo, Params: r.Params}, nil
}

func (s *paymentServer) Refund(ctx context.Context, req *paymentv1.RefundRequest) (*paymentv1.RefundReply, error) {
	no, err := s.svc.Refund(ctx, req.GetOrderNo(), money.Amount(req.GetCents()), req.GetReason())
	return &paymentv1.RefundReply{RefundNo: no}, grpcx.ToStatus(err)
}

type userServer struct {
	userv1.UnimplementedUserServiceServer
	svc *usersvc.UserService
}

func (s *userServer) GetUser(ctx context.Context, req *userv1.GetUserRequest) (*userv1.User, error) {
	u, err := s.svc.Lookup(ctx, req.GetId())
	if err != nil {
		return nil, grpcx.ToStatus(err)
	}
	return &userv1.User{Id: u.ID, Nickname: u.Nickname, Level: int32(u.Level), Active: u.Active(), Lang: u.Lang}, nil
}

type inventoryServer struct {
	inventoryv1.UnimplementedInventoryServiceServer
	stock   *invsvc.StockService
	reserve *reserve.Service
}

func (s *inventoryServer) Available(ctx context.Context, req *inventoryv1.AvailableRequest) (*inventoryv1.AvailableReply, error) {
	m, err := s.stock.Available(ctx, req.GetSkuIds())
	return &inventoryv1.AvailableReply{Available: m}, grpcx.ToStatus(err)
}

func (s *inventoryServer) Reserve(ctx context.Context, req *inventoryv1.ReserveRequest) (*inventoryv1.ReserveReply, error) {
	var lines []reserve.Line
	for _, l := range req.GetLines() {
		lines = append(lines, reserve.Line{SkuID: l.GetSkuId(), Quantity: l.GetQuantity()})
	}
	_, err := s.reserve.Hold(ctx, req.GetOrderNo(), geo.Point{}, lines, 30*time.Minute)
	if errs.Is(err, errs.InsufficientStock) {
		return &inventoryv1.ReserveReply{Message: err.Error()}, nil
	}
	return &inventoryv1.ReserveReply{Ok: err == nil}, grpcx.ToStatus(err)
}

type couponServer struct {
	couponv1.UnimplementedCouponServiceServer
	svc *issue.Service
}

func (s *couponServer) Grant(ctx context.Context, req *couponv1.GrantRequest) (*couponv1.GrantReply, error) {
	c, err := s.svc.Grant(ctx, req.GetUserId(), req.GetTemplateId())
	if err != nil {
		return nil, grpcx.ToStatus(err)
	}
	return &couponv1.GrantReply{CouponNo: c.CouponNo}, nil
}
