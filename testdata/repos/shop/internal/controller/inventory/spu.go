package inventory

import (
	"github.com/gin-gonic/gin"

	"github.com/acme/shop/internal/controller/base"
	invdto "github.com/acme/shop/internal/dto/inventory"
	invmodel "github.com/acme/shop/internal/model/inventory"
	"github.com/acme/shop/internal/service/inventory/goods"
)

// SpuController serves /spus.
type SpuController struct{ svc *goods.Service }

func NewSpuController(svc *goods.Service) *SpuController { return &SpuController{svc: svc} }

// List godoc
// @Summary  商品列表
// @Tags     inventory
// @Param    page query int false "page"
// @Router   /spus [get]
func (h *SpuController) List(c *gin.Context) {
	var req invdto.ListSpuReq
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
// @Summary  商品详情
// @Tags     inventory
// @Router   /spus/{id} [get]
func (h *SpuController) Get(c *gin.Context) {
	id, ok := base.ID(c)
	if !ok {
		return
	}
	row, err := h.svc.Get(c.Request.Context(), base.Operator(c), id)
	if err != nil {
		base.Fail(c, err)
		return
	}
	base.OK(c, invdto.FromSpu(row))
}

// Create godoc
// @Summary  新建商品
// @Tags     inventory
// @Accept   json
// @Router   /spus [post]
func (h *SpuController) Create(c *gin.Context) {
	var req invdto.CreateSpuReq
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
// @Summary  修改商品
// @Tags     inventory
// @Router   /spus/{id} [put]
func (h *SpuController) Update(c *gin.Context) {
	id, ok := base.ID(c)
	if !ok {
		return
	}
	var req invdto.UpdateSpuReq
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
// @Summary  商品状态流转
// @Tags     inventory
// @Router   /spus/{id}/status [post]
func (h *SpuController) Transit(c *gin.Context) {
	id, ok := base.ID(c)
	if !ok {
		return
	}
	var req base.TransitReq
	if !base.BindJSON(c, &req) {
		return
	}
	err := h.svc.Transit(c.Request.Context(), base.UserID(c), id, invmodel.SpuStatus(req.To), req.Remark)
	if err != nil {
		base.Fail(c, err)
		return
	}
	base.NoContent(c)
}

// Register adds the routes of 商品 to g.
func (h *SpuController) Register(g *gin.RouterGroup) {
	r := g.Group("/spus")
	r.GET("", h.List)
	r.GET("/:id", h.Get)
	r.POST("", h.Create)
	r.PUT("/:id", h.Update)
	r.POST("/:id/status", h.Transit)
}
