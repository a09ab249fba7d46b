// Package ops is the back office.
package ops

import (
	"github.com/gin-gonic/gin"

	"github.com/acme/shop/internal/controller/backoffice"
	couponctl "github.com/acme/shop/internal/controller/coupon"
	invctl "github.com/acme/shop/internal/controller/inventory"
	orderctl "github.com/acme/shop/internal/controller/order"
	payctl "github.com/acme/shop/internal/controller/payment"
	"github.com/acme/shop/internal/middleware/authn"
	"github.com/acme/shop/pkg/auth"
)

type Controllers struct {
	Order     *backoffice.OrderController
	Export    *orderctl.ExportController
	Report    *backoffice.ReportController
	Warehouse *invctl.WarehouseController
	Stocktake *invctl.StocktakeController
	Template  *couponctl.TemplateController
	Activity  *couponctl.ActivityController
	Bill      *payctl.BillController
}

func Register(g *gin.RouterGroup, s *auth.Sessions, c Controllers) {
	g.Use(authn.Staff(s))
	c.Order.Register(g)
	c.Export.Register(g)
	c.Report.Register(g)
	c.Warehouse.Register(g)
	c.Stocktake.Register(g)
	c.Template.Register(g)
	c.Activity.Register(g)
	c.Bill.Register(g)
	backoffice.CronController{}.Register(g)
	backoffice.MemberPrices{}.Register(g)
}
