package base

import (
	"net/http"
)

// Get has one.
func Get(r *http.Request) {}
