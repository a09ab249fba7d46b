// Package consumer decodes messages once for all consumers.
package consumer

import (
	"context"
	"encoding/json"
	"time"

	"github.com/acme/shop/pkg/cache"
	"github.com/acme/shop/pkg/kafkax"
	"github.com/acme/shop/pkg/log"
)

// JSON wraps a typed handler.
func JSON[T any](fn func(ctx context.Context, e T) error) kafkax.Handler {
	return func(ctx context.Context, key string, b []byte) error {
		var e T
		if err := json.Unmarshal(b, &e); err != nil {
			log.Error(ctx, "bad message", log.String("key", key), log.Err(err))
			return nil
		}
		return fn(ctx, e)
	}
}

// Once skips what was handled in the last day.
func Once(c *cache.Client, name string, h kafkax.Handler) kafkax.Handler {
	return func(ctx context.Context, key string, b []byte) error {
		n, err := c.Incr(ctx, "mq:once:"+name+":"+key, 24*time.Hour)
		if err == nil && n > 1 {
			return nil
		}
		return h(ctx, key, b)
	}
}
