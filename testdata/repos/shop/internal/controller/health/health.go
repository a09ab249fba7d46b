// Package health answers the probes.
package health

import (
	"context"
	"net/http"
	"time"

	"github.com/gin-gonic/gin"
	"gorm.io/gorm"

	"github.com/acme/shop/internal/router/path"
	"github.com/acme/shop/pkg/cache"
	"github.com/acme/shop/pkg/metrics"
)

type Controller struct {
	db    *gorm.DB
	cache *cache.Client
}

func New(db *gorm.DB, c *cache.Client) *Controller { return &Controller{db: db, cache: c} }

func (h *Controller) Live(c *gin.Context) { c.String(http.StatusOK, "ok") }

// Ready pings what the process cannot live without.
func (h *Controller) Ready(c *gin.Context) {
	ctx, cancel := context.WithTimeout(c.Request.Context(), time.Second)
	defer cancel()
	sqlDB, err := h.db.DB()
	if err == nil {
		err = sqlDB.PingContext(ctx)
	}
	if err == nil {
		err = h.cache.Redis().Ping(ctx).Err()
	}
	if err != nil {
		c.String(http.StatusServiceUnavailable, err.Error())
		return
	}
	c.String(http.StatusOK, "ready")
}

func (h *Controller) Register(e *gin.Engine) {
	e.GET(path.Healthz, h.Live)
	e.GET(path.Readyz, h.Ready)
	e.GET(path.Metrics, gin.WrapH(metrics.Handler()))
}
