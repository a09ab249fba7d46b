package order

import (
	"github.com/gin-gonic/gin"

	"github.com/acme/shop/internal/controller/base"
	orderdto "github.com/acme/shop/internal/dto/order"
	"github.com/acme/shop/internal/model/order/enum"
	"github.com/acme/shop/internal/service/order/aftersale"
)

// AfterSaleController serves /after-sales.
type AfterSaleController struct{ svc *aftersale.Service }

func NewAfterSaleController(svc *aftersale.Service) *AfterSaleController {
	return &AfterSaleController{svc: svc}
}

// List godoc
// @Summary  售后单列表
// @Tags     order
// @Param    page query int false "page"
// @Router   /after-sales [get]
func (h *AfterSaleController) List(c *gin.Context) {
	var req orderdto.ListAfterSaleReq
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
// @Summary  售后单详情
// @Tags     order
// @Router   /after-sales/{id} [get]
func (h *AfterSaleController) Get(c *gin.Context) {
	id, ok := base.ID(c)
	if !ok {
		return
	}
	row, err := h.svc.Get(c.Request.Context(), base.Operator(c), id)
	if err != nil {
		base.Fail(c, err)
		return
	}
	base.OK(c, orderdto.FromAfterSale(row))
}

// Create godoc
// @Summary  新建售后单
// @Tags     order
// @Accept   json
// @Router   /after-sales [post]
func (h *AfterSaleController) Create(c *gin.Context) {
	var req orderdto.CreateAfterSaleReq
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
// @Summary  修改售后单
// @Tags     order
// @Router   /after-sales/{id} [put]
func (h *AfterSaleController) Update(c *gin.Context) {
	id, ok := base.ID(c)
	if !ok {
		return
	}
	var req orderdto.UpdateAfterSaleReq
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
// @Summary  售后单状态流转
// @Tags     order
// @Router   /after-sales/{id}/status [post]
func (h *AfterSaleController) Transit(c *gin.Context) {
	id, ok := base.ID(c)
	if !ok {
		return
	}
	var req base.TransitReq
	if !base.BindJSON(c, &req) {
		return
	}
	err := h.svc.Transit(c.Request.Context(), base.UserID(c), id, enum.AfterSaleStatus(req.To), req.Remark)
	if err != nil {
		base.Fail(c, err)
		return
	}
	base.NoContent(c)
}

// Register adds the routes of 售后单 to g.
func (h *AfterSaleController) Register(g *gin.RouterGroup) {
	r := g.Group("/after-sales")
	r.GET("", h.List)
	r.GET("/:id", h.Get)
	r.POST("", h.Create)
	r.PUT("/:id", h.Update)
	r.POST("/:id/status", h.Transit)
}
