package order

import (
	"context"
	"strings"
	"time"

	ordermodel "github.com/acme/shop/internal/model/order"
	"github.com/acme/shop/internal/model/order/enum"
	"github.com/acme/shop/pkg/crypto"
	"github.com/acme/shop/pkg/errs"
	"github.com/acme/shop/pkg/money"
	"github.com/acme/shop/pkg/timex"
)

// Gift cards are orders of kind virtual; the code is the waybill.
type GiftCard struct {
	Code    string       `json:"code"`
	Amount  money.Amount `json:"amount"`
	ValidTo time.Time    `json:"valid_to"`
}

// IssueGift creates one card a piece.
func (s *Service) IssueGift(ctx context.Context, o *ordermodel.Order, items []*ordermodel.Item) ([]GiftCard, error) {
	if o.Status != enum.OrderPaid {
		return nil, errs.Newf(errs.StateConflict, "order %s is %s", o.OrderNo, o.Status)
	}
	var out []GiftCard
	for _, it := range items {
		for n := int32(0); n < it.Quantity; n++ {
			out = append(out, GiftCard{Code: strings.ToUpper(crypto.Code(16)), Amount: it.UnitPrice, ValidTo: timex.Now().AddDate(3, 0, 0)})
		}
	}
	for i, c := range out {
		if err := s.Cache.SetJSON(ctx, "gift:"+c.Code, c, 3*365*24*time.Hour); err != nil {
			return out[:i], err
		}
	}
	return out, s.logf(ctx, o, 0, "gift", "%d cards", len(out))
}
