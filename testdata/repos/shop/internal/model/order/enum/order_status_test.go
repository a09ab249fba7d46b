package enum

import "testing"

func TestOrderStatusFinal(t *testing.T) {
	for _, s := range []OrderStatus{OrderFinished, OrderRefunded, OrderClosed} {
		if !s.Final() {
			t.Errorf("%s must be final", s)
		}
	}
	if OrderPendingPay.Final() {
		t.Error("a new order is not final")
	}
}

func TestOrderStatusTransit(t *testing.T) {
	cases := []struct {
		from, to OrderStatus
		want     bool
	}{
		{OrderPendingPay, OrderPaid, true},
		{OrderPendingPay, OrderShipped, false},
		{OrderPaid, OrderRefunding, true},
		{OrderShipped, OrderReceived, true},
		{OrderClosed, OrderPaid, false},
	}
	for _, c := range cases {
		if got := c.from.CanTransit(c.to); got != c.want {
			t.Errorf("%s -> %s: got %v", c.from, c.to, got)
		}
	}
}
