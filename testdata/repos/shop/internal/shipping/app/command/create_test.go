package command_test

import (
	"context"
	"testing"
	"time"

	"github.com/acme/shop/internal/shipping/app/command"
	"github.com/acme/shop/internal/shipping/contract"
	"github.com/acme/shop/internal/shipping/domain/carrier"
	"github.com/acme/shop/internal/shipping/domain/shipment"
)

type fakes struct {
	saved  []shipment.Snapshot
	events []shipment.Event
}

func (f *fakes) Save(_ context.Context, s *shipment.Shipment) error {
	f.saved = append(f.saved, s.Snapshot())
	return nil
}
func (f *fakes) ByID(context.Context, shipment.ID) (*shipment.Shipment, error) {
	return nil, shipment.ErrNotFound
}
func (f *fakes) ByOrder(_ context.Context, no string) ([]*shipment.Shipment, error) {
	var out []*shipment.Shipment
	for _, s := range f.saved {
		if s.OrderNo == no {
			out = append(out, shipment.Restore(s))
		}
	}
	return out, nil
}
func (f *fakes) ByWaybill(context.Context, string, string) (*shipment.Shipment, error) {
	return nil, shipment.ErrNotFound
}
func (f *fakes) Open(context.Context, time.Time, int) ([]*shipment.Shipment, error) { return nil, nil }
func (f *fakes) Enabled(context.Context) ([]carrier.Carrier, error) {
	return []carrier.Carrier{{Code: "SF", Name: "顺丰", Enabled: true}}, nil
}
func (f *fakes) Book(context.Context, string, shipment.Snapshot) (string, error) { return "SF1", nil }
func (f *fakes) Track(context.Context, string, string) ([]shipment.Step, error)  { return nil, nil }
func (f *fakes) Publish(_ context.Context, es ...shipment.Event) error {
	f.events = append(f.events, es...)
	return nil
}
func (f *fakes) Now() time.Time { return time.Date(2024, 1, 2, 3, 4, 5, 0, time.UTC) }

func TestCreateTwiceBooksOnce(t *testing.T) {
	f := &fakes{}
	h := command.New(f, f, f, f, f)
	p := contract.Parcel{OrderNo: "SO1", WarehouseID: 1, Receiver: "王", Phone: "138", Address: "杭州", Lines: []contract.Line{{SkuID: 1, Title: "杯", Quantity: 1}}}
	for i := 0; i < 2; i++ {
		no, err := h.Create(context.Background(), p)
		if err != nil || no != "SF1" {
			t.Fatal(no, err)
		}
	}
	if len(f.saved) != 1 || len(f.events) != 1 {
		t.Fatalf("saved %d, events %d", len(f.saved), len(f.events))
	}
}
