package base

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/gin-gonic/gin"

	"github.com/acme/shop/pkg/errs"
)

func TestFailMapsTheCode(t *testing.T) {
	gin.SetMode(gin.TestMode)
	w := httptest.NewRecorder()
	c, _ := gin.CreateTestContext(w)
	c.Request = httptest.NewRequest(http.MethodGet, "/", nil)
	c.Request.Header.Set("Accept-Language", "en")
	Fail(c, errs.New(errs.InsufficientStock, "sku 1"))
	if w.Code != http.StatusConflict || !strings.Contains(w.Body.String(), "Out of stock") {
		t.Fatalf("%d %s", w.Code, w.Body)
	}
}
