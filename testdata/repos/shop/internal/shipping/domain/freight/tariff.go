// Package freight computes what a parcel costs.
package freight

import (
	"context"

	"github.com/acme/shop/pkg/money"
)

// Tariff is first weight plus started units.
type Tariff struct {
	Carrier   string
	FirstGram int64
	FirstFee  money.Amount
	NextGram  int64
	NextFee   money.Amount
	Remote    money.Amount
	FreeFrom  money.Amount
}

// Fee is zero from FreeFrom on, except for the remote surcharge.
func (t Tariff) Fee(gram int64, goods money.Amount, remote bool) money.Amount {
	var fee money.Amount
	if t.FreeFrom == 0 || goods < t.FreeFrom {
		fee = t.FirstFee
		if over := gram - t.FirstGram; over > 0 && t.NextGram > 0 {
			fee += t.NextFee.Mul((over + t.NextGram - 1) / t.NextGram)
		}
	}
	if remote {
		fee += t.Remote
	}
	return fee
}

// Tariffs is implemented in infra/mysql.
type Tariffs interface {
	Of(ctx context.Context, carrier string) (Tariff, error)
}
