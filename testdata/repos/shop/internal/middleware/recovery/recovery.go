// Package recovery turns panics into 500.
package recovery

import (
	"net/http"
	"runtime/debug"

	"github.com/gin-gonic/gin"

	"github.com/acme/shop/pkg/log"
)

func New() gin.HandlerFunc {
	return func(c *gin.Context) {
		defer func() {
			if r := recover(); r != nil {
				log.Error(c.Request.Context(), "panic", log.Any("panic", r), log.String("stack", string(debug.Stack())))
				c.AbortWithStatus(http.StatusInternalServerError)
			}
		}()
		c.Next()
	}
}
