package user

import (
	"github.com/gin-gonic/gin"

	"github.com/acme/shop/internal/controller/base"
	userdto "github.com/acme/shop/internal/dto/user"
	"github.com/acme/shop/internal/service/user/address"
)

// AddressController serves /addresss.
type AddressController struct{ svc *address.Service }

func NewAddressController(svc *address.Service) *AddressController {
	return &AddressController{svc: svc}
}

// List godoc
// @Summary  收货地址列表
// @Tags     user
// @Param    page query int false "page"
// @Router   /addresss [get]
func (h *AddressController) List(c *gin.Context) {
	var req userdto.ListAddressReq
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
// @Summary  收货地址详情
// @Tags     user
// @Router   /addresss/{id} [get]
func (h *AddressController) Get(c *gin.Context) {
	id, ok := base.ID(c)
	if !ok {
		return
	}
	row, err := h.svc.Get(c.Request.Context(), base.Operator(c), id)
	if err != nil {
		base.Fail(c, err)
		return
	}
	base.OK(c, userdto.FromAddress(row))
}

// Create godoc
// @Summary  新建收货地址
// @Tags     user
// @Accept   json
// @Router   /addresss [post]
func (h *AddressController) Create(c *gin.Context) {
	var req userdto.CreateAddressReq
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
// @Summary  修改收货地址
// @Tags     user
// @Router   /addresss/{id} [put]
func (h *AddressController) Update(c *gin.Context) {
	id, ok := base.ID(c)
	if !ok {
		return
	}
	var req userdto.UpdateAddressReq
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

// Register adds the routes of 收货地址 to g.
func (h *AddressController) Register(g *gin.RouterGroup) {
	r := g.Group("/addresss")
	r.GET("", h.List)
	r.GET("/:id", h.Get)
	r.POST("", h.Create)
	r.PUT("/:id", h.Update)
}
