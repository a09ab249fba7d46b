package ratelimit

import (
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/gin-gonic/gin"
)

func TestPerIP(t *testing.T) {
	gin.SetMode(gin.TestMode)
	e := gin.New()
	e.Use(PerIP(0.001, 2))
	e.GET("/", func(c *gin.Context) { c.Status(http.StatusOK) })
	var last int
	for i := 0; i < 3; i++ {
		w := httptest.NewRecorder()
		e.ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/", nil))
		last = w.Code
	}
	if last != http.StatusTooManyRequests {
		t.Fatal(last)
	}
}
