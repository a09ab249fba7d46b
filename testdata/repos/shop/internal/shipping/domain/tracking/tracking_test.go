package tracking

import (
	"testing"

	"github.com/acme/shop/internal/shipping/domain/shipment"
)

func TestStatusOf(t *testing.T) {
	for text, want := range map[string]shipment.Status{
		"快件已签收，签收人：前台":     shipment.Signed,
		"Out for delivery": shipment.Delivering,
		"客户拒收":             shipment.Returned,
		"离开杭州转运中心":         shipment.InTransit,
	} {
		if got := StatusOf(text); got != want {
			t.Errorf("%s: %s", text, got)
		}
	}
}
