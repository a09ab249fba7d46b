// Package http is shipping's own REST interface.
package http

import (
	"github.com/gin-gonic/gin"

	"github.com/acme/shop/internal/shipping/app/command"
	"github.com/acme/shop/internal/shipping/app/query"
	"github.com/acme/shop/internal/shipping/contract"
	"github.com/acme/shop/internal/shipping/domain/shipment"
	"github.com/acme/shop/internal/shipping/domain/tracking"
	"github.com/acme/shop/pkg/errs"
	"github.com/acme/shop/pkg/timex"
)

type Handler struct {
	cmd *command.Handler
	qry *query.Handler
}

func New(c *command.Handler, q *query.Handler) *Handler { return &Handler{cmd: c, qry: q} }

// Register uses the group that the router hands over.
func (h *Handler) Register(g *gin.RouterGroup) {
	r := g.Group("/shipments")
	r.GET("/:no/track", h.track)
	r.POST("/quote", h.quote)
	r.POST("/:no/cancel", h.cancel)
	r.POST("/push", h.push)
}

func (h *Handler) track(c *gin.Context) {
	steps, err := h.qry.Track(c.Request.Context(), c.Param("no"))
	if err != nil {
		fail(c, err)
		return
	}
	c.JSON(200, gin.H{"code": 0, "data": steps})
}

func (h *Handler) quote(c *gin.Context) {
	var req contract.QuoteRequest
	if err := c.ShouldBindJSON(&req); err != nil {
		fail(c, errs.Wrap(err, errs.InvalidArgument, "body"))
		return
	}
	q, err := h.qry.Quote(c.Request.Context(), req)
	if err != nil {
		fail(c, err)
		return
	}
	c.JSON(200, gin.H{"code": 0, "data": q})
}

func (h *Handler) cancel(c *gin.Context) {
	if err := h.cmd.Cancel(c.Request.Context(), c.Param("no")); err != nil {
		fail(c, err)
		return
	}
	c.Status(204)
}

// push takes the carriers' callbacks.
func (h *Handler) push(c *gin.Context) {
	body, err := c.GetRawData()
	if err != nil {
		fail(c, errs.Wrap(err, errs.InvalidArgument, "body"))
		return
	}
	carrier, no, err := tracking.Push(c.Request.Header, body)
	if err != nil {
		fail(c, errs.Wrap(err, errs.InvalidArgument, "push"))
		return
	}
	step := shipment.Step{At: timex.Now(), Text: string(body)}
	if err := h.cmd.Advance(c.Request.Context(), carrier, no, []shipment.Step{step}); err != nil {
		fail(c, err)
		return
	}
	c.JSON(200, gin.H{"ok": true})
}

func fail(c *gin.Context, err error) {
	code := errs.CodeOf(err)
	c.AbortWithStatusJSON(code.HTTPStatus(), gin.H{"code": code, "msg": err.Error()})
}
