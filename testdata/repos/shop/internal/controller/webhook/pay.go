// Package webhook takes the callbacks of the payment channels.
package webhook

import (
	"net/http"

	"github.com/gin-gonic/gin"

	"github.com/acme/shop/internal/router/path"
	paysvc "github.com/acme/shop/internal/service/payment"
	"github.com/acme/shop/pkg/log"
)

type PayController struct{ pay *paysvc.Service }

func NewPayController(p *paysvc.Service) *PayController { return &PayController{pay: p} }

func (h *PayController) Notify(c *gin.Context) {
	body, err := c.GetRawData()
	if err != nil {
		c.Status(http.StatusBadRequest)
		return
	}
	reply, err := h.pay.Notify(c.Request.Context(), c.Param("channel"), c.Request.Header, body)
	if err != nil {
		log.Error(c.Request.Context(), "pay notify", log.String("channel", c.Param("channel")), log.Err(err))
		c.String(http.StatusInternalServerError, "fail")
		return
	}
	c.Data(http.StatusOK, "application/json", reply)
}

func (h *PayController) Register(e *gin.Engine) { e.POST(path.PayNotify, h.Notify) }
