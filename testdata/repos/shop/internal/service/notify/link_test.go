package notify

import "testing"

func TestOrderLink(t *testing.T) {
	if got := OrderLink("https://m.acme.example", 42); got != "https://m.acme.example/v1/orders/42" {
		t.Fatal(got)
	}
}
