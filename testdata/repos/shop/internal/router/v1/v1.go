// Package v1 is the API of app, mini program and web.
package v1

import (
	"github.com/gin-gonic/gin"

	couponctl "github.com/acme/shop/internal/controller/coupon"
	invctl "github.com/acme/shop/internal/controller/inventory"
	orderctl "github.com/acme/shop/internal/controller/order"
	payctl "github.com/acme/shop/internal/controller/payment"
	shipctl "github.com/acme/shop/internal/controller/shipping"
	userctl "github.com/acme/shop/internal/controller/user"
	"github.com/acme/shop/internal/middleware/authn"
	shiphttp "github.com/acme/shop/internal/shipping/api/http"
	"github.com/acme/shop/pkg/auth"
)

type Controllers struct {
	Order     *orderctl.OrderController
	AfterSale *orderctl.AfterSaleController
	Invoice   *orderctl.InvoiceController
	Cart      *orderctl.CartItemController
	Login     *userctl.LoginController
	Address   *userctl.AddressController
	Member    *userctl.MemberController
	Points    *userctl.PointsFlowController
	Wallet    *payctl.WalletController
	Goods     *invctl.SpuController
	Search    *invctl.SearchController
	Coupon    *couponctl.GrantController
	OldShip   *shipctl.OldController
	Shipping  *shiphttp.Handler
}

// Register keeps login and search open, everything else needs a session.
func Register(g *gin.RouterGroup, s *auth.Sessions, c Controllers) {
	open := g.Group("", authn.Optional(s))
	c.Login.Register(open)
	c.Search.Register(open)
	c.Goods.Register(open)

	in := g.Group("", authn.Required(s))
	c.Order.Register(in)
	c.AfterSale.Register(in)
	c.Invoice.Register(in)
	c.Cart.Register(in)
	c.Address.Register(in)
	c.Member.Register(in)
	c.Points.Register(in)
	c.Wallet.Register(in)
	c.Coupon.Register(in)
	c.OldShip.Register(in)
	c.Shipping.Register(in)
}
