package domain

import (
	"net/http"
	"github.com/gin-gonic/gin"
)

// Submit takes a request.
func Submit(c *gin.Context, w http.ResponseWriter) error { return nil }

// Store is a port.
type Store interface {
	Save(r *http.Request) (http.Dir, error)
}
