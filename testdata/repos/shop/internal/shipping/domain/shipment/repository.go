package shipment

import (
	"context"
	"errors"
	"time"
)

var ErrNotFound = errors.New("shipment: not found")

// Repository is implemented in infra/mysql.
type Repository interface {
	Save(ctx context.Context, s *Shipment) error
	ByID(ctx context.Context, id ID) (*Shipment, error)
	ByOrder(ctx context.Context, orderNo string) ([]*Shipment, error)
	ByWaybill(ctx context.Context, carrier, no string) (*Shipment, error)
	Open(ctx context.Context, before time.Time, limit int) ([]*Shipment, error)
}
