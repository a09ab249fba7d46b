// Package idempotent answers a repeated POST with Idempotency-Key from the first answer's status.
package idempotent

import (
	"net/http"
	"time"

	"github.com/gin-gonic/gin"

	"github.com/acme/shop/pkg/cache"
	"github.com/acme/shop/pkg/log"
)

type seen struct {
	Status int `json:"status"`
}

func New(cc *cache.Client, ttl time.Duration) gin.HandlerFunc {
	return func(c *gin.Context) {
		key := c.GetHeader("Idempotency-Key")
		if key == "" || c.Request.Method != http.MethodPost {
			c.Next()
			return
		}
		key = "idem:" + key
		var s seen
		if hit, err := cc.GetJSON(c.Request.Context(), key, &s); err == nil && hit {
			c.AbortWithStatus(s.Status)
			return
		}
		c.Next()
		if c.Writer.Status() < 500 {
			if err := cc.SetJSON(c.Request.Context(), key, seen{Status: c.Writer.Status()}, ttl); err != nil {
				log.Warn(c.Request.Context(), "idempotency", log.Err(err))
			}
		}
	}
}
