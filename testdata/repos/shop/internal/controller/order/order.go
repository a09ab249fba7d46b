package order

import (
	"github.com/gin-gonic/gin"

	"github.com/acme/shop/internal/controller/base"
	orderdto "github.com/acme/shop/internal/dto/order"
	ordersvc "github.com/acme/shop/internal/service/order"
)

// OrderController serves the buyer's orders.
type OrderController struct{ svc *ordersvc.Service }

func NewOrderController(svc *ordersvc.Service) *OrderController { return &OrderController{svc: svc} }

// Submit godoc
// @Summary  提交订单
// @Router   /orders [post]
func (h *OrderController) Submit(c *gin.Context) {
	var req orderdto.SubmitReq
	if !base.BindJSON(c, &req) {
		return
	}
	req.ClientIP = c.ClientIP()
	resp, err := h.svc.Submit(c.Request.Context(), base.UserID(c), &req)
	if err != nil {
		base.Fail(c, err)
		return
	}
	base.Created(c, resp)
}

func (h *OrderController) Preview(c *gin.Context) {
	var req orderdto.SubmitReq
	if !base.BindJSON(c, &req) {
		return
	}
	q, err := h.svc.Preview(c.Request.Context(), base.UserID(c), &req)
	if err != nil {
		base.Fail(c, err)
		return
	}
	base.OK(c, q)
}

func (h *OrderController) List(c *gin.Context) {
	var req orderdto.ListOrderReq
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

func (h *OrderController) Detail(c *gin.Context) {
	id, ok := base.ID(c)
	if !ok {
		return
	}
	d, err := h.svc.Detail(c.Request.Context(), base.Operator(c), id)
	if err != nil {
		base.Fail(c, err)
		return
	}
	base.OK(c, d)
}

func (h *OrderController) Pay(c *gin.Context) {
	id, ok := base.ID(c)
	if !ok {
		return
	}
	var req struct {
		Channel string `json:"channel" binding:"required"`
		OpenID  string `json:"open_id"`
	}
	if !base.BindJSON(c, &req) {
		return
	}
	resp, err := h.svc.Prepay(c.Request.Context(), base.UserID(c), id, req.Channel, req.OpenID, c.ClientIP())
	if err != nil {
		base.Fail(c, err)
		return
	}
	base.OK(c, resp)
}

func (h *OrderController) Cancel(c *gin.Context) {
	id, ok := base.ID(c)
	if !ok {
		return
	}
	var req struct {
		Reason string `json:"reason" binding:"max=128"`
	}
	if !base.BindJSON(c, &req) {
		return
	}
	if err := h.svc.Cancel(c.Request.Context(), base.UserID(c), id, req.Reason); err != nil {
		base.Fail(c, err)
		return
	}
	base.NoContent(c)
}

func (h *OrderController) Refund(c *gin.Context) {
	id, ok := base.ID(c)
	if !ok {
		return
	}
	var req orderdto.RefundReq
	if !base.BindJSON(c, &req) {
		return
	}
	req.OrderID = id
	no, err := h.svc.ApplyRefund(c.Request.Context(), base.UserID(c), &req)
	if err != nil {
		base.Fail(c, err)
		return
	}
	base.OK(c, gin.H{"refund_no": no})
}

func (h *OrderController) Receive(c *gin.Context) {
	id, ok := base.ID(c)
	if !ok {
		return
	}
	if err := h.svc.Receive(c.Request.Context(), base.UserID(c), id); err != nil {
		base.Fail(c, err)
		return
	}
	base.NoContent(c)
}

// Register adds the buyer's routes.
func (h *OrderController) Register(g *gin.RouterGroup) {
	r := g.Group("/orders")
	r.POST("", h.Submit)
	r.POST("/preview", h.Preview)
	r.GET("", h.List)
	r.GET("/:id", h.Detail)
	r.POST("/:id/pay", h.Pay)
	r.POST("/:id/cancel", h.Cancel)
	r.POST("/:id/refund", h.Refund)
	r.POST("/:id/receive", h.Receive)
}
