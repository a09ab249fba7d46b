package coupon

import (
	"github.com/gin-gonic/gin"

	"github.com/acme/shop/internal/controller/base"
	coupondto "github.com/acme/shop/internal/dto/coupon"
	couponmodel "github.com/acme/shop/internal/model/coupon"
	"github.com/acme/shop/internal/service/coupon/activity"
)

// ActivityController serves /activitys.
type ActivityController struct{ svc *activity.Service }

func NewActivityController(svc *activity.Service) *ActivityController {
	return &ActivityController{svc: svc}
}

// List godoc
// @Summary  促销活动列表
// @Tags     coupon
// @Param    page query int false "page"
// @Router   /activitys [get]
func (h *ActivityController) List(c *gin.Context) {
	var req coupondto.ListActivityReq
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
// @Summary  促销活动详情
// @Tags     coupon
// @Router   /activitys/{id} [get]
func (h *ActivityController) Get(c *gin.Context) {
	id, ok := base.ID(c)
	if !ok {
		return
	}
	row, err := h.svc.Get(c.Request.Context(), base.Operator(c), id)
	if err != nil {
		base.Fail(c, err)
		return
	}
	base.OK(c, coupondto.FromActivity(row))
}

// Create godoc
// @Summary  新建促销活动
// @Tags     coupon
// @Accept   json
// @Router   /activitys [post]
func (h *ActivityController) Create(c *gin.Context) {
	var req coupondto.CreateActivityReq
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
// @Summary  修改促销活动
// @Tags     coupon
// @Router   /activitys/{id} [put]
func (h *ActivityController) Update(c *gin.Context) {
	id, ok := base.ID(c)
	if !ok {
		return
	}
	var req coupondto.UpdateActivityReq
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
// @Summary  促销活动状态流转
// @Tags     coupon
// @Router   /activitys/{id}/status [post]
func (h *ActivityController) Transit(c *gin.Context) {
	id, ok := base.ID(c)
	if !ok {
		return
	}
	var req base.TransitReq
	if !base.BindJSON(c, &req) {
		return
	}
	err := h.svc.Transit(c.Request.Context(), base.UserID(c), id, couponmodel.ActivityStatus(req.To), req.Remark)
	if err != nil {
		base.Fail(c, err)
		return
	}
	base.NoContent(c)
}

// Register adds the routes of 促销活动 to g.
func (h *ActivityController) Register(g *gin.RouterGroup) {
	r := g.Group("/activitys")
	r.GET("", h.List)
	r.GET("/:id", h.Get)
	r.POST("", h.Create)
	r.PUT("/:id", h.Update)
	r.POST("/:id/status", h.Transit)
}
