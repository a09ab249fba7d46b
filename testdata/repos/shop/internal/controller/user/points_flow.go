package user

import (
	"github.com/gin-gonic/gin"

	"github.com/acme/shop/internal/controller/base"
	userdto "github.com/acme/shop/internal/dto/user"
	"github.com/acme/shop/internal/service/user/points"
)

// PointsFlowController serves /points-flows.
type PointsFlowController struct{ svc *points.Service }

func NewPointsFlowController(svc *points.Service) *PointsFlowController {
	return &PointsFlowController{svc: svc}
}

// List godoc
// @Summary  积分流水列表
// @Tags     user
// @Param    page query int false "page"
// @Router   /points-flows [get]
func (h *PointsFlowController) List(c *gin.Context) {
	var req userdto.ListPointsFlowReq
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
// @Summary  积分流水详情
// @Tags     user
// @Router   /points-flows/{id} [get]
func (h *PointsFlowController) Get(c *gin.Context) {
	id, ok := base.ID(c)
	if !ok {
		return
	}
	row, err := h.svc.Get(c.Request.Context(), base.Operator(c), id)
	if err != nil {
		base.Fail(c, err)
		return
	}
	base.OK(c, userdto.FromPointsFlow(row))
}

// Create godoc
// @Summary  新建积分流水
// @Tags     user
// @Accept   json
// @Router   /points-flows [post]
func (h *PointsFlowController) Create(c *gin.Context) {
	var req userdto.CreatePointsFlowReq
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

// Register adds the routes of 积分流水 to g.
func (h *PointsFlowController) Register(g *gin.RouterGroup) {
	r := g.Group("/points-flows")
	r.GET("", h.List)
	r.GET("/:id", h.Get)
	r.POST("", h.Create)
}
