package order

import (
	"github.com/gin-gonic/gin"

	"github.com/acme/shop/internal/controller/base"
	orderdto "github.com/acme/shop/internal/dto/order"
	ordermodel "github.com/acme/shop/internal/model/order"
	"github.com/acme/shop/internal/service/order/invoice"
)

// InvoiceController serves /invoices.
type InvoiceController struct{ svc *invoice.Service }

func NewInvoiceController(svc *invoice.Service) *InvoiceController {
	return &InvoiceController{svc: svc}
}

// List godoc
// @Summary  发票列表
// @Tags     order
// @Param    page query int false "page"
// @Router   /invoices [get]
func (h *InvoiceController) List(c *gin.Context) {
	var req orderdto.ListInvoiceReq
	if !base.BindQuery(c, &req) {
		return
	}
	if !base.IsStaff(c) {
		req.UserID = base.UserID(c)
	}
	rows, total, err := h.svc.List(c.Request.Context(), &req)
	if err != nil {
		base.Fail(c, err)
		return
	}
	base.Page(c, rows, total)
}

// Get godoc
// @Summary  发票详情
// @Tags     order
// @Router   /invoices/{id} [get]
func (h *InvoiceController) Get(c *gin.Context) {
	id, ok := base.ID(c)
	if !ok {
		return
	}
	row, err := h.svc.Get(c.Request.Context(), base.Operator(c), id)
	if err != nil {
		base.Fail(c, err)
		return
	}
	base.OK(c, orderdto.FromInvoice(row))
}

// Create godoc
// @Summary  新建发票
// @Tags     order
// @Accept   json
// @Router   /invoices [post]
func (h *InvoiceController) Create(c *gin.Context) {
	var req orderdto.CreateInvoiceReq
	if !base.BindJSON(c, &req) {
		return
	}
	resp, err := h.svc.Create(c.Request.Context(), base.UserID(c), &req)
	if err != nil {
		base.Fail(c, err)
		return
	}
	base.Created(c, resp)
}

// Update godoc
// @Summary  修改发票
// @Tags     order
// @Router   /invoices/{id} [put]
func (h *InvoiceController) Update(c *gin.Context) {
	id, ok := base.ID(c)
	if !ok {
		return
	}
	var req orderdto.UpdateInvoiceReq
	if !base.BindJSON(c, &req) {
		return
	}
	req.ID = id
	if err := h.svc.Update(c.Request.Context(), base.Operator(c), &req); err != nil {
		base.Fail(c, err)
		return
	}
	base.NoContent(c)
}

// Transit godoc
// @Summary  发票状态流转
// @Tags     order
// @Router   /invoices/{id}/status [post]
func (h *InvoiceController) Transit(c *gin.Context) {
	id, ok := base.ID(c)
	if !ok {
		return
	}
	var req base.TransitReq
	if !base.BindJSON(c, &req) {
		return
	}
	err := h.svc.Transit(c.Request.Context(), base.UserID(c), id, ordermodel.InvoiceStatus(req.To), req.Remark)
	if err != nil {
		base.Fail(c, err)
		return
	}
	base.NoContent(c)
}

// Register adds the routes of 发票 to g.
func (h *InvoiceController) Register(g *gin.RouterGroup) {
	r := g.Group("/invoices")
	r.GET("", h.List)
	r.GET("/:id", h.Get)
	r.POST("", h.Create)
	r.PUT("/:id", h.Update)
	r.POST("/:id/status", h.Transit)
}
