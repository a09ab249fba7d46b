// Package breaker builds circuit breakers with the house settings.
package breaker

import (
	"errors"
	"time"

	"github.com/sony/gobreaker"

	"github.com/acme/shop/pkg/errs"
	"github.com/acme/shop/pkg/log"
)

// New opens after five failures in a row or half of at least twenty calls.
func New(name string) *gobreaker.CircuitBreaker {
	return gobreaker.NewCircuitBreaker(gobreaker.Settings{
		Name:        name,
		MaxRequests: 3,
		Interval:    60 * time.Second,
		Timeout:     30 * time.Second,
		ReadyToTrip: func(c gobreaker.Counts) bool {
			if c.ConsecutiveFailures >= 5 {
				return true
			}
			return c.Requests >= 20 && float64(c.TotalFailures)/float64(c.Requests) >= 0.5
		},
		OnStateChange: func(name string, from, to gobreaker.State) {
			log.L.Warn("breaker", log.String("name", name), log.String("from", from.String()), log.String("to", to.String()))
		},
	})
}

// Run keeps the generic noise out of the callers.
func Run[T any](cb *gobreaker.CircuitBreaker, fn func() (T, error)) (T, error) {
	v, err := cb.Execute(func() (any, error) { return fn() })
	if errors.Is(err, gobreaker.ErrOpenState) || errors.Is(err, gobreaker.ErrTooManyRequests) {
		var z T
		return z, errs.Wrap(err, errs.Unavailable, cb.Name())
	}
	t, _ := v.(T)
	return t, err
}
