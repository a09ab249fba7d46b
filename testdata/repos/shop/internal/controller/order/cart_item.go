package order

import (
	"github.com/gin-gonic/gin"

	"github.com/acme/shop/internal/controller/base"
	orderdto "github.com/acme/shop/internal/dto/order"
	"github.com/acme/shop/internal/service/order/cart"
)

// CartItemController serves /cart-items.
type CartItemController struct{ svc *cart.Service }

func NewCartItemController(svc *cart.Service) *CartItemController {
	return &CartItemController{svc: svc}
}

// List godoc
// @Summary  购物车列表
// @Tags     order
// @Param    page query int false "page"
// @Router   /cart-items [get]
func (h *CartItemController) List(c *gin.Context) {
	var req orderdto.ListCartItemReq
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
// @Summary  购物车详情
// @Tags     order
// @Router   /cart-items/{id} [get]
func (h *CartItemController) Get(c *gin.Context) {
	id, ok := base.ID(c)
	if !ok {
		return
	}
	row, err := h.svc.Get(c.Request.Context(), base.Operator(c), id)
	if err != nil {
		base.Fail(c, err)
		return
	}
	base.OK(c, orderdto.FromCartItem(row))
}

// Create godoc
// @Summary  新建购物车
// @Tags     order
// @Accept   json
// @Router   /cart-items [post]
func (h *CartItemController) Create(c *gin.Context) {
	var req orderdto.CreateCartItemReq
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
// @Summary  修改购物车
// @Tags     order
// @Router   /cart-items/{id} [put]
func (h *CartItemController) Update(c *gin.Context) {
	id, ok := base.ID(c)
	if !ok {
		return
	}
	var req orderdto.UpdateCartItemReq
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

// Register adds the routes of 购物车 to g.
func (h *CartItemController) Register(g *gin.RouterGroup) {
	r := g.Group("/cart-items")
	r.GET("", h.List)
	r.GET("/:id", h.Get)
	r.POST("", h.Create)
	r.PUT("/:id", h.Update)
}
