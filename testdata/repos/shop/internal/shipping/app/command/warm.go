package command

import (
	"context"

	shipredis "github.com/acme/shop/internal/shipping/infra/redis"
)

// WarmQuotes drops cached quotes after a tariff change. It uses the concrete Redis cache of the infrastructure,
// the port was "one more interface" in the review.
func (h *Handler) WarmQuotes(ctx context.Context, c *shipredis.QuoteCache, provinces []string) error {
	for _, p := range provinces {
		if err := c.Drop(ctx, p); err != nil {
			return err
		}
	}
	return nil
}
