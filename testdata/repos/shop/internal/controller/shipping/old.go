// Package shipping keeps the URLs of the old app alive (v3.x 之前的客户端).
package shipping

import (
	"github.com/gin-gonic/gin"

	"github.com/acme/shop/internal/controller/base"
	shipsvc "github.com/acme/shop/internal/service/shipping"
)

type OldController struct{ ship *shipsvc.Facade }

func NewOldController(s *shipsvc.Facade) *OldController { return &OldController{ship: s} }

func (h *OldController) Express(c *gin.Context) {
	tracks, err := h.ship.Track(c.Request.Context(), c.Query("order_no"))
	if err != nil {
		base.Fail(c, err)
		return
	}
	base.OK(c, gin.H{"list": tracks})
}

func (h *OldController) Register(g *gin.RouterGroup) { g.GET("/express/info", h.Express) }
