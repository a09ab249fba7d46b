// Package port is what the domain needs from outside: interfaces only.
package port

import (
	"context"
	"time"

	"github.com/acme/shop/internal/shipping/domain/carrier"
	"github.com/acme/shop/internal/shipping/domain/shipment"
)

// Gateway books parcels at a carrier.
type Gateway interface {
	Book(ctx context.Context, carrier string, s shipment.Snapshot) (waybillNo string, err error)
	Track(ctx context.Context, carrier, waybillNo string) ([]shipment.Step, error)
}

// Publisher sends domain events out after the commit.
type Publisher interface {
	Publish(ctx context.Context, events ...shipment.Event) error
}

// Carriers lists who works for us.
type Carriers interface {
	Enabled(ctx context.Context) ([]carrier.Carrier, error)
}

// Clock is the business time.
type Clock interface{ Now() time.Time }
