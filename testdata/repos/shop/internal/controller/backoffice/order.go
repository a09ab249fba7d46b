// Package backoffice serves the staff.
package backoffice

import (
	"github.com/gin-gonic/gin"

	"github.com/acme/shop/internal/controller/base"
	orderdto "github.com/acme/shop/internal/dto/order"
	ordersvc "github.com/acme/shop/internal/service/order"
	"github.com/acme/shop/pkg/errs"
)

type OrderController struct{ svc *ordersvc.Service }

func NewOrderController(s *ordersvc.Service) *OrderController { return &OrderController{svc: s} }

func (h *OrderController) Ship(c *gin.Context) {
	id, ok := base.ID(c)
	if !ok {
		return
	}
	nos, err := h.svc.Ship(c.Request.Context(), base.UserID(c), id)
	if err != nil {
		base.Fail(c, err)
		return
	}
	base.OK(c, gin.H{"waybills": nos})
}

func (h *OrderController) Hold(c *gin.Context) {
	id, ok := base.ID(c)
	if !ok {
		return
	}
	if err := h.svc.Hold(c.Request.Context(), base.UserID(c), id, c.Query("why")); err != nil {
		base.Fail(c, err)
		return
	}
	base.NoContent(c)
}

func (h *OrderController) Merge(c *gin.Context) {
	var req struct {
		IDs []int64 `json:"ids" binding:"min=2"`
	}
	if !base.BindJSON(c, &req) {
		return
	}
	o, err := h.svc.Merge(c.Request.Context(), base.UserID(c), req.IDs)
	if err != nil {
		base.Fail(c, err)
		return
	}
	base.OK(c, orderdto.FromOrder(o))
}

func (h *OrderController) Import(c *gin.Context) {
	fh, err := c.FormFile("file")
	if err != nil {
		base.Fail(c, errs.Wrap(err, errs.InvalidArgument, "file"))
		return
	}
	f, err := fh.Open()
	if err != nil {
		base.Fail(c, err)
		return
	}
	defer f.Close()
	okN, badN, err := h.svc.Import(c.Request.Context(), base.UserID(c), f)
	if err != nil {
		base.Fail(c, err)
		return
	}
	base.OK(c, gin.H{"ok": okN, "bad": badN})
}

func (h *OrderController) Today(c *gin.Context) {
	t, err := h.svc.Today(c.Request.Context())
	if err != nil {
		base.Fail(c, err)
		return
	}
	base.OK(c, t)
}

func (h *OrderController) Register(g *gin.RouterGroup) {
	r := g.Group("/orders")
	r.POST("/:id/ship", h.Ship)
	r.POST("/:id/hold", h.Hold)
	r.POST("/merge", h.Merge)
	r.POST("/import", h.Import)
	r.GET("/today", h.Today)
}
