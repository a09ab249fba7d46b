// Package order takes orders.
package order

import "errors"

type Store[T any] interface{ Save(T) error }

type Service struct {
	store Store[Order]
	retry int
}

type Order struct {
	ID    string
	Lines []Line
	Paid  bool
}

type Line struct{ SKU string; Count int }

// Submit checks an order and stores it; cognitive complexity likes this one least.
func (s *Service) Submit(o *Order, dry, again bool) (err error) {
	if o == nil || o.ID == "" {
		return errors.New("no order")
	}

	seen := map[string]bool{}
lines:
	for i, l := range o.Lines {
		switch {
		case l.Count < 0:
			return errors.New("negative")
		case l.Count == 0:
			continue lines
		}
		for j := 0; j < i; j++ {
			if o.Lines[j].SKU == l.SKU && (!seen[l.SKU] || again) {
				// Told once.
				seen[l.SKU] = true
			} else if dry {
				break lines
			} else {
				if again {
					continue
				}
			}
		}
	}
	defer func() {
		if r := recover(); r != nil {
			err = errors.New("store")
		}
	}()
	for n := 0; n < s.retry && !dry; n++ {
		if err = s.store.Save(*o); err == nil {
			return nil
		}
	}
	return err
}

func (s *Service) Paid(o Order) bool { return o.Paid }

func Map[A, B any](in []A, f func(A) B) []B {
	out := make([]B, 0, len(in))
	for _, a := range in {
		out = append(out, f(a))
	}
	return out
}

func walk(n int) int {
	if n == 0 {
		return 0
	}
	return walk(n-1) + walk(n-2)
}

var defaultRetry = func(paid bool) int {
	if paid {
		return 3
	}
	return 1
}

const query = `
-- not a comment

SELECT 1`
