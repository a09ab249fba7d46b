package shipment_test

import (
	"errors"
	"testing"
	"time"

	"github.com/acme/shop/internal/shipping/domain/shipment"
)

func parcel(t *testing.T) *shipment.Shipment {
	t.Helper()
	s, err := shipment.New("s1", "SO1", 7, shipment.Receiver{Name: "王芳", Phone: "13800000000", Address: "杭州市西湖区"}, []shipment.Line{{SkuID: 1, Title: "杯子", Quantity: 2}})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestLife(t *testing.T) {
	s := parcel(t)
	now := time.Date(2024, 5, 1, 8, 0, 0, 0, time.UTC)
	if err := s.Book("SF", "SF123", now); err != nil {
		t.Fatal(err)
	}
	if err := s.Book("SF", "SF124", now); !errors.Is(err, shipment.ErrState) {
		t.Fatalf("booked twice: %v", err)
	}
	if err := s.Advance(shipment.Signed, shipment.Step{At: now.Add(time.Hour), Text: "已签收"}); err != nil {
		t.Fatal(err)
	}
	if err := s.Advance(shipment.InTransit, shipment.Step{At: now, Text: "运输中"}); err != nil {
		t.Fatal(err)
	}
	if n := s.Snapshot(); n.Status != shipment.Signed || n.Steps[0].Text != "运输中" {
		t.Fatalf("%+v", n)
	}
	if es := s.Pull(); len(es) != 2 || es[1].Name() != "shipment.signed" {
		t.Fatalf("%v", es)
	}
	if err := s.Cancel(); !errors.Is(err, shipment.ErrState) {
		t.Fatal(err)
	}
}

func TestNewWantsLines(t *testing.T) {
	if _, err := shipment.New("x", "SO", 1, shipment.Receiver{Name: "a", Phone: "b", Address: "c"}, nil); !errors.Is(err, shipment.ErrNoLines) {
		t.Fatal(err)
	}
}
