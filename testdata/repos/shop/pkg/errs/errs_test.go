package errs

import (
	"errors"
	"testing"
)

func TestIsLooksThroughTheChain(t *testing.T) {
	err := Wrap(Newf(NotFound, "order %d", 7), Internal, "load")
	if !Is(err, NotFound) || !Is(err, Internal) || Is(err, Conflict) {
		t.Fatalf("wrong codes in %v", err)
	}
	if CodeOf(err) != Internal {
		t.Fatalf("outermost code is %d", CodeOf(err))
	}
}

func TestWrapNil(t *testing.T) {
	if Wrap(nil, Internal, "x") != nil {
		t.Fatal("nil must stay nil")
	}
	if CodeOf(errors.New("plain")) != Internal {
		t.Fatal("a plain error is internal")
	}
}
