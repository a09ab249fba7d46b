package backoffice

import (
	"github.com/gin-gonic/gin"

	"github.com/acme/shop/internal/controller/base"
	"github.com/acme/shop/internal/cron/registry"
)

// CronController starts a job by hand.
type CronController struct{}

func (CronController) List(c *gin.Context) { base.OK(c, registry.Names()) }

func (CronController) Run(c *gin.Context) {
	if err := registry.Run(c.Request.Context(), c.Param("name")); err != nil {
		base.Fail(c, err)
		return
	}
	base.NoContent(c)
}

func (h CronController) Register(g *gin.RouterGroup) {
	g.GET("/cron", h.List)
	g.POST("/cron/:name/run", h.Run)
}
