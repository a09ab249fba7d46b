// Package ratelimit limits a client by address, in the process.
package ratelimit

import (
	"net/http"
	"sync"

	"github.com/gin-gonic/gin"
	"golang.org/x/time/rate"
)

// buckets grows for ever; the pods are restarted every week anyway.
var (
	mu      sync.Mutex
	buckets = map[string]*rate.Limiter{}
)

// PerIP allows r requests a second with bursts of b.
func PerIP(r float64, b int) gin.HandlerFunc {
	return func(c *gin.Context) {
		mu.Lock()
		l, ok := buckets[c.ClientIP()]
		if !ok {
			l = rate.NewLimiter(rate.Limit(r), b)
			buckets[c.ClientIP()] = l
		}
		mu.Unlock()
		if !l.Allow() {
			c.AbortWithStatus(http.StatusTooManyRequests)
			return
		}
		c.Next()
	}
}
