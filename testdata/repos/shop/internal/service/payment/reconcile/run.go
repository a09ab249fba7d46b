package reconcile

import (
	"context"

	paymodel "github.com/acme/shop/internal/model/payment"
	"github.com/acme/shop/internal/service/payment/channel"
	"github.com/acme/shop/pkg/errs"
	"github.com/acme/shop/pkg/money"
)

// check refuses a second bill for the same day and channel.
func (s *Service) check(ctx context.Context, row *paymodel.Bill) error {
	olds, err := s.repo.ListByBillDate(ctx, row.BillDate)
	if err != nil {
		return err
	}
	for _, o := range olds {
		if o.ID != row.ID && o.ChannelCode == row.ChannelCode {
			return errs.Newf(errs.Conflict, "bill %s of %s exists", row.BillDate, row.ChannelCode)
		}
	}
	return nil
}

// Diff is one line that the two sides do not agree on.
type Diff struct {
	No    string       `json:"no"`
	Kind  string       `json:"kind"`
	Ours  money.Amount `json:"ours"`
	Their money.Amount `json:"their"`
}

// Compare is the heart of the reconciliation (对账): a full outer join by payment number.
func Compare(ours []*paymodel.Payment, theirs []channel.BillLine) []Diff {
	m := map[string]*paymodel.Payment{}
	for _, p := range ours {
		m[p.PaymentNo] = p
	}
	var out []Diff
	seen := map[string]bool{}
	for _, l := range theirs {
		if l.Refund {
			continue
		}
		if seen[l.No] {
			out = append(out, Diff{No: l.No, Kind: "twice", Their: l.Amount})
			continue
		}
		seen[l.No] = true
		p, ok := m[l.No]
		switch {
		case !ok:
			out = append(out, Diff{No: l.No, Kind: "missing here", Their: l.Amount})
		case p.Amount != l.Amount:
			out = append(out, Diff{No: l.No, Kind: "amount", Ours: p.Amount, Their: l.Amount})
		case p.Status != paymodel.PaymentSuccess && p.Status != paymodel.PaymentRefunded && p.Status != paymodel.PaymentPartRefunded:
			out = append(out, Diff{No: l.No, Kind: "state", Ours: p.Amount, Their: l.Amount})
		}
	}
	for _, p := range ours {
		if p.Status == paymodel.PaymentSuccess && !seen[p.PaymentNo] {
			out = append(out, Diff{No: p.PaymentNo, Kind: "missing there", Ours: p.Amount})
		}
	}
	return out
}
