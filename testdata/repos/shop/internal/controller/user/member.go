package user

import (
	"github.com/gin-gonic/gin"

	"github.com/acme/shop/internal/controller/base"
	userdto "github.com/acme/shop/internal/dto/user"
	usermodel "github.com/acme/shop/internal/model/user"
	"github.com/acme/shop/internal/service/user/member"
)

// MemberController serves /members.
type MemberController struct{ svc *member.Service }

func NewMemberController(svc *member.Service) *MemberController { return &MemberController{svc: svc} }

// List godoc
// @Summary  会员列表
// @Tags     user
// @Param    page query int false "page"
// @Router   /members [get]
func (h *MemberController) List(c *gin.Context) {
	var req userdto.ListMemberReq
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
// @Summary  会员详情
// @Tags     user
// @Router   /members/{id} [get]
func (h *MemberController) Get(c *gin.Context) {
	id, ok := base.ID(c)
	if !ok {
		return
	}
	row, err := h.svc.Get(c.Request.Context(), base.Operator(c), id)
	if err != nil {
		base.Fail(c, err)
		return
	}
	base.OK(c, userdto.FromMember(row))
}

// Create godoc
// @Summary  新建会员
// @Tags     user
// @Accept   json
// @Router   /members [post]
func (h *MemberController) Create(c *gin.Context) {
	var req userdto.CreateMemberReq
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
// @Summary  修改会员
// @Tags     user
// @Router   /members/{id} [put]
func (h *MemberController) Update(c *gin.Context) {
	id, ok := base.ID(c)
	if !ok {
		return
	}
	var req userdto.UpdateMemberReq
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
// @Summary  会员状态流转
// @Tags     user
// @Router   /members/{id}/status [post]
func (h *MemberController) Transit(c *gin.Context) {
	id, ok := base.ID(c)
	if !ok {
		return
	}
	var req base.TransitReq
	if !base.BindJSON(c, &req) {
		return
	}
	err := h.svc.Transit(c.Request.Context(), base.UserID(c), id, usermodel.MemberStatus(req.To), req.Remark)
	if err != nil {
		base.Fail(c, err)
		return
	}
	base.NoContent(c)
}

// Register adds the routes of 会员 to g.
func (h *MemberController) Register(g *gin.RouterGroup) {
	r := g.Group("/members")
	r.GET("", h.List)
	r.GET("/:id", h.Get)
	r.POST("", h.Create)
	r.PUT("/:id", h.Update)
	r.POST("/:id/status", h.Transit)
}
