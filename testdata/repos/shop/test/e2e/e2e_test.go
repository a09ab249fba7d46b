//go:build e2e

// Package e2e runs against a deployed server.
package e2e

import (
	"net/http"
	"os"
	"testing"

	"github.com/acme/shop/internal/router/path"
)

func TestHealth(t *testing.T) {
	base := os.Getenv("SHOP_URL")
	if base == "" {
		t.Skip("SHOP_URL is not set")
	}
	resp, err := http.Get(base + path.Healthz)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		t.Fatal(resp.Status)
	}
}
