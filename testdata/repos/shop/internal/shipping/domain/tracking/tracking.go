// Package tracking reads the carriers' words.
package tracking

import (
	"strings"

	"github.com/acme/shop/internal/shipping/domain/shipment"
)

var words = []struct {
	part string
	to   shipment.Status
}{
	{"签收", shipment.Signed}, {"代收", shipment.Signed}, {"delivered", shipment.Signed},
	{"派送", shipment.Delivering}, {"派件", shipment.Delivering}, {"out for delivery", shipment.Delivering},
	{"退回", shipment.Returned}, {"拒收", shipment.Returned},
	{"揽收", shipment.PickedUp}, {"收件", shipment.PickedUp}, {"picked up", shipment.PickedUp},
}

// StatusOf guesses the status of a step; what is not known is in transit.
func StatusOf(text string) shipment.Status {
	low := strings.ToLower(text)
	for _, w := range words {
		if strings.Contains(low, w.part) {
			return w.to
		}
	}
	return shipment.InTransit
}
