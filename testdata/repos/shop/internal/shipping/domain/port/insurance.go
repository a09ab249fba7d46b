package port

import (
	"context"

	"github.com/acme/shop/internal/shipping/domain/shipment"
)

// Insurance was planned for 2023 Q4. Nothing implements it and nothing calls it.
type Insurance interface {
	Premium(ctx context.Context, s shipment.Snapshot, goodsCents int64) (cents int64, err error)
	Claim(ctx context.Context, waybillNo, reason string) (claimNo string, err error)
}
