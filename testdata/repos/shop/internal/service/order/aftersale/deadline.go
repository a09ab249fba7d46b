package aftersale

import (
	"time"

	ordermodel "github.com/acme/shop/internal/model/order"
	"github.com/acme/shop/internal/model/order/enum"
)

// Deadline is when the case falls to the next side.
func Deadline(row *ordermodel.AfterSale, now time.Time) (time.Time, bool) {
	var d time.Duration
	switch row.Status {
	case enum.AfterSaleApplied:
		d = 48 * time.Hour
	case enum.AfterSaleApproved:
		d = 7 * 24 * time.Hour
	case enum.AfterSaleReturning:
		d = 10 * 24 * time.Hour
	default:
		return time.Time{}, false
	}
	at := row.UpdatedAt.Add(d)
	return at, now.After(at)
}
