// Package shipping is what is left of the old service: it forwards to the shipping context's contract.
package shipping

import (
	"context"
	"encoding/json"

	shipdao "github.com/acme/shop/internal/dao/shipping"
	orderdto "github.com/acme/shop/internal/dto/order"
	"github.com/acme/shop/internal/shipping/contract"
	"github.com/acme/shop/pkg/errs"
	"github.com/acme/shop/pkg/money"
	"github.com/acme/shop/pkg/timex"
)

type Facade struct {
	freight   contract.Freight
	shipments contract.Shipments
	old       *shipdao.WaybillRepo
}

func New(f contract.Freight, s contract.Shipments, old *shipdao.WaybillRepo) *Facade {
	return &Facade{freight: f, shipments: s, old: old}
}

func (f *Facade) Quote(ctx context.Context, req contract.QuoteRequest) (money.Amount, error) {
	q, err := f.freight.Quote(ctx, req)
	if err != nil {
		return 0, err
	}
	return money.Amount(q.Cents), nil
}

func (f *Facade) Create(ctx context.Context, p contract.Parcel) (string, error) {
	return f.shipments.Create(ctx, p)
}

// Track looks into the new context first, then into the old table (2023 年之前的运单).
func (f *Facade) Track(ctx context.Context, orderNo string) ([]orderdto.Track, error) {
	steps, err := f.shipments.Track(ctx, orderNo)
	if err != nil && !errs.Is(err, errs.NotFound) {
		return nil, err
	}
	var out []orderdto.Track
	for _, s := range steps {
		out = append(out, orderdto.Track{At: timex.Format(s.At), Text: s.Text})
	}
	if len(out) > 0 {
		return out, nil
	}
	olds, err := f.old.ListByOrderNo(ctx, orderNo)
	if err != nil {
		return nil, err
	}
	for _, w := range olds {
		var steps []struct{ At, Text string }
		if json.Unmarshal([]byte(w.TraceJSON), &steps) == nil {
			for _, s := range steps {
				out = append(out, orderdto.Track{At: s.At, Text: s.Text})
			}
		}
	}
	return out, nil
}
