package order

import (
	"github.com/gin-gonic/gin"

	"github.com/acme/shop/internal/controller/base"
	orderdao "github.com/acme/shop/internal/dao/order"
	"github.com/acme/shop/internal/dto/page"
	"github.com/acme/shop/pkg/errs"
	"github.com/acme/shop/pkg/excel"
	"github.com/acme/shop/pkg/log"
	"github.com/acme/shop/pkg/timex"
)

// ExportController skips the service: it reads the repository and writes the sheet itself.
type ExportController struct{ orders *orderdao.OrderRepo }

func NewExportController(r *orderdao.OrderRepo) *ExportController {
	return &ExportController{orders: r}
}

func (h *ExportController) Export(c *gin.Context) {
	from, to, err := timex.ParseRange(c.Query("from"), c.Query("to"))
	if err != nil {
		base.Fail(c, errs.Wrap(err, errs.InvalidArgument, "range"))
		return
	}
	rows, _, err := h.orders.List(c.Request.Context(), orderdao.OrderFilter{From: from, To: to, Query: page.Query{Size: 200}})
	if err != nil {
		base.Fail(c, err)
		return
	}
	t := excel.Table{Sheet: "订单", Head: []string{"订单号", "应付", "状态"}}
	for _, o := range rows {
		t.Add(o.OrderNo, o.PayAmount.String(), o.Status.String())
	}
	c.Header("Content-Disposition", "attachment; filename=orders.xlsx")
	if err := t.Write(c.Writer); err != nil {
		log.Error(c.Request.Context(), "export", log.Err(err))
	}
}

func (h *ExportController) Register(g *gin.RouterGroup) { g.GET("/orders/export", h.Export) }
