// Package middleware orders the middlewares and keeps the session of a request.
package middleware

import (
	"github.com/gin-gonic/gin"

	"github.com/acme/shop/pkg/auth"
)

const sessionKey = "session"

// Put is called by authn only.
func Put(c *gin.Context, s *auth.Session) {
	c.Set(sessionKey, s)
	c.Request = c.Request.WithContext(auth.With(c.Request.Context(), s))
}

// Current returns nil for anonymous requests.
func Current(c *gin.Context) *auth.Session {
	v, ok := c.Get(sessionKey)
	if !ok {
		return nil
	}
	s, _ := v.(*auth.Session)
	return s
}

// Chain applies in this order; the order matters (日志必须在恢复之前).
func Chain(e *gin.Engine, hs ...gin.HandlerFunc) {
	for _, h := range hs {
		if h != nil {
			e.Use(h)
		}
	}
}
