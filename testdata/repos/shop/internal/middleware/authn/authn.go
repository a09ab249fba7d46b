// Package authn turns the bearer token into a session.
package authn

import (
	"net/http"

	"github.com/gin-gonic/gin"

	"github.com/acme/shop/internal/middleware"
	"github.com/acme/shop/pkg/auth"
	"github.com/acme/shop/pkg/errs"
)

// Optional lets anonymous requests pass.
func Optional(s *auth.Sessions) gin.HandlerFunc { return handler(s, false, false) }

// Required refuses them.
func Required(s *auth.Sessions) gin.HandlerFunc { return handler(s, true, false) }

// Staff is for the back office.
func Staff(s *auth.Sessions) gin.HandlerFunc { return handler(s, true, true) }

func handler(s *auth.Sessions, required, staff bool) gin.HandlerFunc {
	return func(c *gin.Context) {
		h := c.GetHeader("Authorization")
		if h == "" {
			if required {
				c.AbortWithStatusJSON(http.StatusUnauthorized, gin.H{"code": errs.Unauthenticated})
				return
			}
			c.Next()
			return
		}
		ses, err := s.Load(c.Request.Context(), h)
		if err != nil {
			if required {
				code := errs.CodeOf(err)
				c.AbortWithStatusJSON(code.HTTPStatus(), gin.H{"code": code})
				return
			}
			c.Next()
			return
		}
		if staff && !ses.Staff {
			c.AbortWithStatusJSON(http.StatusForbidden, gin.H{"code": errs.Forbidden})
			return
		}
		middleware.Put(c, ses)
		c.Next()
	}
}
