package inventory

import (
	"github.com/gin-gonic/gin"

	"github.com/acme/shop/internal/controller/base"
	invdto "github.com/acme/shop/internal/dto/inventory"
	invmodel "github.com/acme/shop/internal/model/inventory"
	"github.com/acme/shop/internal/service/inventory/stocktake"
)

// StocktakeController serves /stocktakes.
type StocktakeController struct{ svc *stocktake.Service }

func NewStocktakeController(svc *stocktake.Service) *StocktakeController {
	return &StocktakeController{svc: svc}
}

// List godoc
// @Summary  盘点单列表
// @Tags     inventory
// @Param    page query int false "page"
// @Router   /stocktakes [get]
func (h *StocktakeController) List(c *gin.Context) {
	var req invdto.ListStocktakeReq
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
// @Summary  盘点单详情
// @Tags     inventory
// @Router   /stocktakes/{id} [get]
func (h *StocktakeController) Get(c *gin.Context) {
	id, ok := base.ID(c)
	if !ok {
		return
	}
	row, err := h.svc.Get(c.Request.Context(), base.Operator(c), id)
	if err != nil {
		base.Fail(c, err)
		return
	}
	base.OK(c, invdto.FromStocktake(row))
}

// Create godoc
// @Summary  新建盘点单
// @Tags     inventory
// @Accept   json
// @Router   /stocktakes [post]
func (h *StocktakeController) Create(c *gin.Context) {
	var req invdto.CreateStocktakeReq
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
// @Summary  修改盘点单
// @Tags     inventory
// @Router   /stocktakes/{id} [put]
func (h *StocktakeController) Update(c *gin.Context) {
	id, ok := base.ID(c)
	if !ok {
		return
	}
	var req invdto.UpdateStocktakeReq
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
// @Summary  盘点单状态流转
// @Tags     inventory
// @Router   /stocktakes/{id}/status [post]
func (h *StocktakeController) Transit(c *gin.Context) {
	id, ok := base.ID(c)
	if !ok {
		return
	}
	var req base.TransitReq
	if !base.BindJSON(c, &req) {
		return
	}
	err := h.svc.Transit(c.Request.Context(), base.UserID(c), id, invmodel.StocktakeStatus(req.To), req.Remark)
	if err != nil {
		base.Fail(c, err)
		return
	}
	base.NoContent(c)
}

// Register adds the routes of 盘点单 to g.
func (h *StocktakeController) Register(g *gin.RouterGroup) {
	r := g.Group("/stocktakes")
	r.GET("", h.List)
	r.GET("/:id", h.Get)
	r.POST("", h.Create)
	r.PUT("/:id", h.Update)
	r.POST("/:id/status", h.Transit)
}
