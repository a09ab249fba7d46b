// Package state asks the state machine and explains a refusal.
//
// domain: order
package state

import (
	"strings"

	"github.com/acme/shop/internal/model/order/enum"
	"github.com/acme/shop/pkg/errs"
)

// Check returns a StateConflict that names what would be allowed.
func Check(from, to enum.OrderStatus) error {
	if from.CanTransit(to) {
		return nil
	}
	var allowed []string
	for s := enum.OrderPendingPay; s <= enum.OrderClosed; s++ {
		if from.CanTransit(s) {
			allowed = append(allowed, s.String())
		}
	}
	if len(allowed) == 0 {
		return errs.Newf(errs.StateConflict, "%s is final", from)
	}
	return errs.Newf(errs.StateConflict, "%s -> %s, only %s", from, to, strings.Join(allowed, "、"))
}

// Paid covers everything after the payment that was not refunded.
func Paid(s enum.OrderStatus) bool {
	switch s {
	case enum.OrderPaid, enum.OrderPicking, enum.OrderShipped, enum.OrderReceived, enum.OrderFinished:
		return true
	}
	return false
}
