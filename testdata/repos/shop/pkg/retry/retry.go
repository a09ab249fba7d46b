// Package retry repeats what is worth repeating.
package retry

import (
	"context"
	"fmt"
	"math/rand"
	"time"
)

// Policy is exponential with full jitter.
type Policy struct {
	Attempts int
	Base     time.Duration
	Max      time.Duration
	If       func(error) bool
}

// Default is what most callers copy.
var Default = Policy{Attempts: 3, Base: 50 * time.Millisecond, Max: 2 * time.Second}

// Do runs fn until it succeeds, ctx ends, or the policy gives up.
func Do(ctx context.Context, p Policy, fn func(context.Context) error) error {
	var err error
	wait := p.Base
	for i := 0; i < p.Attempts; i++ {
		if err = fn(ctx); err == nil {
			return nil
		}
		if p.If != nil && !p.If(err) {
			return err
		}
		if i == p.Attempts-1 {
			break
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(time.Duration(rand.Int63n(int64(wait) + 1))):
		}
		if wait *= 2; wait > p.Max {
			wait = p.Max
		}
	}
	return fmt.Errorf("after %d attempts: %w", p.Attempts, err)
}
