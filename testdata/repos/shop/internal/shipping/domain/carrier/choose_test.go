package carrier

import (
	"errors"
	"testing"
)

func TestChoose(t *testing.T) {
	all := []Carrier{
		{Code: "YTO", Enabled: true, Days: 3},
		{Code: "SF", Enabled: true, Days: 1, Abroad: true},
		{Code: "JD", Enabled: false, Days: 1},
	}
	c, err := Choose(all, Destination{Province: "浙江省"}, 500, true)
	if err != nil || c.Code != "SF" {
		t.Fatal(c, err)
	}
	if c, _ := Choose(all, Destination{Province: "浙江省"}, 500, false); c.Code != "YTO" {
		t.Fatal(c)
	}
	if _, err := Choose(all[:1], Destination{Country: "DE"}, 500, false); !errors.Is(err, ErrNobody) {
		t.Fatal(err)
	}
}
