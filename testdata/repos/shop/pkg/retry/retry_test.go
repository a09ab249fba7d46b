package retry

import (
	"context"
	"errors"
	"testing"
	"time"
)

func TestGivesUp(t *testing.T) {
	n := 0
	err := Do(context.Background(), Policy{Attempts: 3, Base: time.Microsecond, Max: time.Microsecond}, func(context.Context) error {
		n++
		return errors.New("down")
	})
	if err == nil || n != 3 {
		t.Fatalf("%d attempts, %v", n, err)
	}
}

func TestStopsOnPermanentError(t *testing.T) {
	n := 0
	p := Policy{Attempts: 5, Base: time.Microsecond, Max: time.Microsecond, If: func(error) bool { return false }}
	_ = Do(context.Background(), p, func(context.Context) error { n++; return errors.New("bad") })
	if n != 1 {
		t.Fatal(n)
	}
}
