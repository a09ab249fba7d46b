package server

import (
	"google.golang.org/grpc"
	grpchealth "google.golang.org/grpc/health"
	healthpb "google.golang.org/grpc/health/grpc_health_v1"

	"github.com/acme/shop/api/proto/coupon/v1"
	"github.com/acme/shop/api/proto/inventory/v1"
	"github.com/acme/shop/api/proto/order/v1"
	"github.com/acme/shop/api/proto/payment/v1"
	"github.com/acme/shop/api/proto/user/v1"
	"github.com/acme/shop/internal/rpc/interceptor"
	"github.com/acme/shop/internal/service/coupon/issue"
	invsvc "github.com/acme/shop/internal/service/inventory"
	"github.com/acme/shop/internal/service/inventory/reserve"
	ordersvc "github.com/acme/shop/internal/service/order"
	paysvc "github.com/acme/shop/internal/service/payment"
	usersvc "github.com/acme/shop/internal/service/user"
	"github.com/acme/shop/pkg/grpcx"
)

type Services struct {
	Order   *ordersvc.Service
	Payment *paysvc.Service
	User    *usersvc.UserService
	Stock   *invsvc.StockService
	Reserve *reserve.Service
	Coupon  *issue.Service
}

// New registers everything; the health service says SERVING at once.
func New(s Services) *grpc.Server {
	g := grpcx.NewServer(interceptor.Metrics())
	orderv1.RegisterOrderServiceServer(g, &orderServer{svc: s.Order})
	paymentv1.RegisterPaymentServiceServer(g, &paymentServer{svc: s.Payment})
	userv1.RegisterUserServiceServer(g, &userServer{svc: s.User})
	inventoryv1.RegisterInventoryServiceServer(g, &inventoryServer{stock: s.Stock, reserve: s.Reserve})
	couponv1.RegisterCouponServiceServer(g, &couponServer{svc: s.Coupon})
	healthpb.RegisterHealthServer(g, grpchealth.NewServer())
	return g
}
