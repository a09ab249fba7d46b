package bootstrap

import (
	"github.com/gin-gonic/gin"
	"google.golang.org/grpc"

	"github.com/acme/shop/internal/controller/backoffice"
	couponctl "github.com/acme/shop/internal/controller/coupon"
	"github.com/acme/shop/internal/controller/health"
	invctl "github.com/acme/shop/internal/controller/inventory"
	orderctl "github.com/acme/shop/internal/controller/order"
	payctl "github.com/acme/shop/internal/controller/payment"
	shipctl "github.com/acme/shop/internal/controller/shipping"
	userctl "github.com/acme/shop/internal/controller/user"
	"github.com/acme/shop/internal/controller/webhook"
	orderdao "github.com/acme/shop/internal/dao/order"
	"github.com/acme/shop/internal/router"
	"github.com/acme/shop/internal/router/ops"
	v1 "github.com/acme/shop/internal/router/v1"
	"github.com/acme/shop/internal/rpc/server"
	shipgrpc "github.com/acme/shop/internal/shipping/api/grpc"
	shiphttp "github.com/acme/shop/internal/shipping/api/http"
	"github.com/acme/shop/pkg/auth"
)

// Engine builds the router with all controllers.
func (a *App) Engine() *gin.Engine {
	s := a.Services
	return router.New(router.Config{
		Sessions: auth.NewSessions(s.User),
		Cache:    a.Infra.Cache,
		Health:   health.New(a.Infra.DB, a.Infra.Cache),
		Webhooks: []interface{ Register(e *gin.Engine) }{webhook.NewPayController(s.Pay), webhook.NewPOSController(s.POS)},
		V1: v1.Controllers{
			Order: orderctl.NewOrderController(s.Order), AfterSale: orderctl.NewAfterSaleController(s.AfterSale), Invoice: orderctl.NewInvoiceController(s.Invoice),
			Cart: orderctl.NewCartItemController(s.Cart), Login: userctl.NewLoginController(s.Login, s.OAuth, s.User), Address: userctl.NewAddressController(s.Address),
			Member: userctl.NewMemberController(s.Member), Points: userctl.NewPointsFlowController(s.Points), Wallet: payctl.NewWalletController(s.Wallet),
			Goods: invctl.NewSpuController(s.Goods), Search: invctl.NewSearchController(s.Searcher), Coupon: couponctl.NewGrantController(s.Issue),
			OldShip: shipctl.NewOldController(s.Ship), Shipping: shiphttp.New(s.ShipCmd, s.ShipQry),
		},
		Ops: ops.Controllers{
			Order: backoffice.NewOrderController(s.Order), Export: orderctl.NewExportController(orderdao.NewOrderRepo(a.Infra.Base)), Report: backoffice.NewReportController(s.Report),
			Warehouse: invctl.NewWarehouseController(s.Warehouse), Stocktake: invctl.NewStocktakeController(s.Stocktake), Template: couponctl.NewTemplateController(s.Template),
			Activity: couponctl.NewActivityController(s.Activity), Bill: payctl.NewBillController(s.Bill),
		},
	})
}

// GRPC builds the gRPC server with the monolith's and the shipping context's services.
func (a *App) GRPC() *grpc.Server {
	s := a.Services
	g := server.New(server.Services{Order: s.Order, Payment: s.Pay, User: s.User, Stock: s.Stock, Reserve: s.Reserve, Coupon: s.Issue})
	shipgrpc.Register(g, s.ShipCmd, s.ShipQry)
	return g
}
