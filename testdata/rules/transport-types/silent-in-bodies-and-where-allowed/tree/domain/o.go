package domain

import (
	"net/http"
)

// Get has none.
func Get() int {
	var r *http.Request
	_ = r
	return http.StatusOK
}
