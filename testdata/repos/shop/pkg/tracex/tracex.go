// Package tracex carries the trace id over process borders.
package tracex

import (
	"context"
	"net/http"

	"github.com/google/uuid"

	"github.com/acme/shop/pkg/log"
)

const (
	HeaderTrace = "X-Trace-Id"
	HeaderUser  = "X-User-Id"
	HeaderGray  = "X-Gray-Group"
)

type grayKey struct{}

// FromRequest takes over the caller's trace or starts one.
func FromRequest(ctx context.Context, h http.Header) context.Context {
	id := h.Get(HeaderTrace)
	if id == "" {
		id = uuid.NewString()
	}
	ctx = log.WithTrace(ctx, id)
	if g := h.Get(HeaderGray); g != "" {
		ctx = context.WithValue(ctx, grayKey{}, g)
	}
	return ctx
}

func Gray(ctx context.Context) string {
	g, _ := ctx.Value(grayKey{}).(string)
	return g
}

// Inject writes what FromRequest reads.
func Inject(ctx context.Context, h http.Header) {
	if id := log.TraceID(ctx); id != "" {
		h.Set(HeaderTrace, id)
	}
	if g := Gray(ctx); g != "" {
		h.Set(HeaderGray, g)
	}
}
