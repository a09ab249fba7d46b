package reconcile

import (
	"testing"

	paymodel "github.com/acme/shop/internal/model/payment"
	"github.com/acme/shop/internal/service/payment/channel"
)

func TestCompare(t *testing.T) {
	ours := []*paymodel.Payment{
		{PaymentNo: "A", Amount: 100, Status: paymodel.PaymentSuccess},
		{PaymentNo: "B", Amount: 200, Status: paymodel.PaymentSuccess},
		{PaymentNo: "C", Amount: 300, Status: paymodel.PaymentPaying},
	}
	theirs := []channel.BillLine{{No: "A", Amount: 100}, {No: "C", Amount: 300}, {No: "D", Amount: 5}, {No: "A", Amount: 100}}
	kinds := map[string]string{}
	for _, d := range Compare(ours, theirs) {
		kinds[d.No+":"+d.Kind] = d.Kind
	}
	for _, want := range []string{"A:twice", "B:missing there", "C:state", "D:missing here"} {
		if _, ok := kinds[want]; !ok {
			t.Errorf("%s is missing in %v", want, kinds)
		}
	}
}
