package payment

import (
	"github.com/gin-gonic/gin"

	"github.com/acme/shop/internal/controller/base"
	paydto "github.com/acme/shop/internal/dto/payment"
	paymodel "github.com/acme/shop/internal/model/payment"
	"github.com/acme/shop/internal/service/payment/reconcile"
)

// BillController serves /bills.
type BillController struct{ svc *reconcile.Service }

func NewBillController(svc *reconcile.Service) *BillController { return &BillController{svc: svc} }

// List godoc
// @Summary  对账单列表
// @Tags     payment
// @Param    page query int false "page"
// @Router   /bills [get]
func (h *BillController) List(c *gin.Context) {
	var req paydto.ListBillReq
	if !base.BindQuery(c, &req) {
		return
	}
	rows, total, err := h.svc.List(c.Request.Context(), &req)
	if err != nil {
		base.Fail(c, err)
		return
	}
	base.Page(c, rows, total)
}

// Get godoc
// @Summary  对账单详情
// @Tags     payment
// @Router   /bills/{id} [get]
func (h *BillController) Get(c *gin.Context) {
	id, ok := base.ID(c)
	if !ok {
		return
	}
	row, err := h.svc.Get(c.Request.Context(), base.Operator(c), id)
	if err != nil {
		base.Fail(c, err)
		return
	}
	base.OK(c, paydto.FromBill(row))
}

// Create godoc
// @Summary  新建对账单
// @Tags     payment
// @Accept   json
// @Router   /bills [post]
func (h *BillController) Create(c *gin.Context) {
	var req paydto.CreateBillReq
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
// @Summary  修改对账单
// @Tags     payment
// @Router   /bills/{id} [put]
func (h *BillController) Update(c *gin.Context) {
	id, ok := base.ID(c)
	if !ok {
		return
	}
	var req paydto.UpdateBillReq
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
// @Summary  对账单状态流转
// @Tags     payment
// @Router   /bills/{id}/status [post]
func (h *BillController) Transit(c *gin.Context) {
	id, ok := base.ID(c)
	if !ok {
		return
	}
	var req base.TransitReq
	if !base.BindJSON(c, &req) {
		return
	}
	err := h.svc.Transit(c.Request.Context(), base.UserID(c), id, paymodel.BillStatus(req.To), req.Remark)
	if err != nil {
		base.Fail(c, err)
		return
	}
	base.NoContent(c)
}

// Register adds the routes of 对账单 to g.
func (h *BillController) Register(g *gin.RouterGroup) {
	r := g.Group("/bills")
	r.GET("", h.List)
	r.GET("/:id", h.Get)
	r.POST("", h.Create)
	r.PUT("/:id", h.Update)
	r.POST("/:id/status", h.Transit)
}
