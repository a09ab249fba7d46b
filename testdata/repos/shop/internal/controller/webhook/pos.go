package webhook

import (
	"github.com/gin-gonic/gin"

	"github.com/acme/shop/internal/controller/base"
	"github.com/acme/shop/internal/legacy/pos"
)

type POSController struct{ pos *pos.Service }

func NewPOSController(p *pos.Service) *POSController { return &POSController{pos: p} }

func (h *POSController) Receipt(c *gin.Context) {
	var r pos.Receipt
	if !base.BindJSON(c, &r) {
		return
	}
	if err := h.pos.Book(c.Request.Context(), r); err != nil {
		base.Fail(c, err)
		return
	}
	base.NoContent(c)
}

func (h *POSController) Register(e *gin.Engine) { e.POST("/webhook/pos/receipt", h.Receipt) }
