package inventory

import (
	"github.com/gin-gonic/gin"

	"github.com/acme/shop/internal/controller/base"
	invdto "github.com/acme/shop/internal/dto/inventory"
	invmodel "github.com/acme/shop/internal/model/inventory"
	"github.com/acme/shop/internal/service/inventory/warehouse"
)

// WarehouseController serves /warehouses.
type WarehouseController struct{ svc *warehouse.Service }

func NewWarehouseController(svc *warehouse.Service) *WarehouseController {
	return &WarehouseController{svc: svc}
}

// List godoc
// @Summary  仓库列表
// @Tags     inventory
// @Param    page query int false "page"
// @Router   /warehouses [get]
func (h *WarehouseController) List(c *gin.Context) {
	var req invdto.ListWarehouseReq
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
// @Summary  仓库详情
// @Tags     inventory
// @Router   /warehouses/{id} [get]
func (h *WarehouseController) Get(c *gin.Context) {
	id, ok := base.ID(c)
	if !ok {
		return
	}
	row, err := h.svc.Get(c.Request.Context(), base.Operator(c), id)
	if err != nil {
		base.Fail(c, err)
		return
	}
	base.OK(c, invdto.FromWarehouse(row))
}

// Create godoc
// @Summary  新建仓库
// @Tags     inventory
// @Accept   json
// @Router   /warehouses [post]
func (h *WarehouseController) Create(c *gin.Context) {
	var req invdto.CreateWarehouseReq
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
// @Summary  修改仓库
// @Tags     inventory
// @Router   /warehouses/{id} [put]
func (h *WarehouseController) Update(c *gin.Context) {
	id, ok := base.ID(c)
	if !ok {
		return
	}
	var req invdto.UpdateWarehouseReq
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
// @Summary  仓库状态流转
// @Tags     inventory
// @Router   /warehouses/{id}/status [post]
func (h *WarehouseController) Transit(c *gin.Context) {
	id, ok := base.ID(c)
	if !ok {
		return
	}
	var req base.TransitReq
	if !base.BindJSON(c, &req) {
		return
	}
	err := h.svc.Transit(c.Request.Context(), base.UserID(c), id, invmodel.WarehouseStatus(req.To), req.Remark)
	if err != nil {
		base.Fail(c, err)
		return
	}
	base.NoContent(c)
}

// Register adds the routes of 仓库 to g.
func (h *WarehouseController) Register(g *gin.RouterGroup) {
	r := g.Group("/warehouses")
	r.GET("", h.List)
	r.GET("/:id", h.Get)
	r.POST("", h.Create)
	r.PUT("/:id", h.Update)
	r.POST("/:id/status", h.Transit)
}
