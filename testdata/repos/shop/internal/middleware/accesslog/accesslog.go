// Package accesslog logs and measures each request.
package accesslog

import (
	"strconv"
	"time"

	"github.com/gin-gonic/gin"

	"github.com/acme/shop/pkg/log"
	"github.com/acme/shop/pkg/metrics"
	"github.com/acme/shop/pkg/tracex"
)

func New() gin.HandlerFunc {
	return func(c *gin.Context) {
		start := time.Now()
		c.Request = c.Request.WithContext(tracex.FromRequest(c.Request.Context(), c.Request.Header))
		c.Next()
		route := c.FullPath()
		if route == "" {
			route = "none"
		}
		took := time.Since(start)
		metrics.HTTPDuration.WithLabelValues(c.Request.Method, route, strconv.Itoa(c.Writer.Status())).Observe(took.Seconds())
		log.Info(c.Request.Context(), "access", log.String("method", c.Request.Method), log.String("route", route), log.Int("status", c.Writer.Status()), log.Duration("took", took), log.String("ip", c.ClientIP()))
	}
}
