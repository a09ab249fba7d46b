// Package tenant reads the shop of a request from its host name.
package tenant

import (
	"context"
	"strconv"
	"strings"

	"github.com/gin-gonic/gin"
)

type key struct{}

// ByHost maps "shop123.acme.example" to 123; other hosts are the main shop, 0.
func ByHost() gin.HandlerFunc {
	return func(c *gin.Context) {
		host, _, _ := strings.Cut(c.Request.Host, ":")
		name, _, _ := strings.Cut(host, ".")
		id, err := strconv.ParseInt(strings.TrimPrefix(name, "shop"), 10, 64)
		if err != nil {
			id = 0
		}
		c.Request = c.Request.WithContext(context.WithValue(c.Request.Context(), key{}, id))
		c.Next()
	}
}

func Shop(ctx context.Context) int64 {
	id, _ := ctx.Value(key{}).(int64)
	return id
}
