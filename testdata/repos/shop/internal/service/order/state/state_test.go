package state

import (
	"testing"

	"github.com/acme/shop/internal/model/order/enum"
)

func TestCheck(t *testing.T) {
	if err := Check(enum.OrderPaid, enum.OrderPicking); err != nil {
		t.Fatal(err)
	}
	if err := Check(enum.OrderClosed, enum.OrderPaid); err == nil {
		t.Fatal("closed is final")
	}
}
