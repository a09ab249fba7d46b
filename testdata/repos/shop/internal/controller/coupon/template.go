package coupon

import (
	"github.com/gin-gonic/gin"

	"github.com/acme/shop/internal/controller/base"
	coupondto "github.com/acme/shop/internal/dto/coupon"
	couponmodel "github.com/acme/shop/internal/model/coupon"
	couponsvc "github.com/acme/shop/internal/service/coupon"
)

// TemplateController serves /templates.
type TemplateController struct{ svc *couponsvc.TemplateService }

func NewTemplateController(svc *couponsvc.TemplateService) *TemplateController {
	return &TemplateController{svc: svc}
}

// List godoc
// @Summary  券模板列表
// @Tags     coupon
// @Param    page query int false "page"
// @Router   /templates [get]
func (h *TemplateController) List(c *gin.Context) {
	var req coupondto.ListTemplateReq
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
// @Summary  券模板详情
// @Tags     coupon
// @Router   /templates/{id} [get]
func (h *TemplateController) Get(c *gin.Context) {
	id, ok := base.ID(c)
	if !ok {
		return
	}
	row, err := h.svc.Get(c.Request.Context(), base.Operator(c), id)
	if err != nil {
		base.Fail(c, err)
		return
	}
	base.OK(c, coupondto.FromTemplate(row))
}

// Create godoc
// @Summary  新建券模板
// @Tags     coupon
// @Accept   json
// @Router   /templates [post]
func (h *TemplateController) Create(c *gin.Context) {
	var req coupondto.CreateTemplateReq
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
// @Summary  修改券模板
// @Tags     coupon
// @Router   /templates/{id} [put]
func (h *TemplateController) Update(c *gin.Context) {
	id, ok := base.ID(c)
	if !ok {
		return
	}
	var req coupondto.UpdateTemplateReq
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
// @Summary  券模板状态流转
// @Tags     coupon
// @Router   /templates/{id}/status [post]
func (h *TemplateController) Transit(c *gin.Context) {
	id, ok := base.ID(c)
	if !ok {
		return
	}
	var req base.TransitReq
	if !base.BindJSON(c, &req) {
		return
	}
	err := h.svc.Transit(c.Request.Context(), base.UserID(c), id, couponmodel.TemplateStatus(req.To), req.Remark)
	if err != nil {
		base.Fail(c, err)
		return
	}
	base.NoContent(c)
}

// Register adds the routes of 券模板 to g.
func (h *TemplateController) Register(g *gin.RouterGroup) {
	r := g.Group("/templates")
	r.GET("", h.List)
	r.GET("/:id", h.Get)
	r.POST("", h.Create)
	r.PUT("/:id", h.Update)
	r.POST("/:id/status", h.Transit)
}
