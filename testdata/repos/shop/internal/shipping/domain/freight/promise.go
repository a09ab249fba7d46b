package freight

import (
	"context"
	"time"

	"github.com/acme/shop/pkg/store"
)

// Promise computes the delivery day. It asks the store whether it runs inside a transaction, of all things:
// through pkg/store the domain reaches gorm, although no file here imports it.
func Promise(ctx context.Context, days int, now time.Time) time.Time {
	cutoff := 16
	if store.InTx(ctx) {
		cutoff = 15
	}
	if now.Hour() >= cutoff {
		days++
	}
	return now.AddDate(0, 0, days)
}
