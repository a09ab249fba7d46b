package member

import (
	"context"

	userdao "github.com/acme/shop/internal/dao/user"
	usermodel "github.com/acme/shop/internal/model/user"
	"github.com/acme/shop/internal/service/payment/wallet"
	"github.com/acme/shop/pkg/log"
	"github.com/acme/shop/pkg/money"
	"github.com/acme/shop/pkg/timex"
)

// Renewer takes the yearly fee from the wallet of the payment context.
type Renewer struct {
	members *userdao.MemberRepo
	wallet  *wallet.Mover
	fee     money.Amount
}

func NewRenewer(m *userdao.MemberRepo, w *wallet.Mover) *Renewer {
	return &Renewer{members: m, wallet: w, fee: 299 * money.Yuan}
}

// Run renews what expires today; one failure does not stop the others.
func (r *Renewer) Run(ctx context.Context) (ok, failed int, err error) {
	after := int64(0)
	for {
		rows, err := r.members.ListExpired(ctx, timex.Now().AddDate(0, 0, 1), after, 200)
		if err != nil {
			return ok, failed, err
		}
		for _, m := range rows {
			after = m.ID
			if !m.AutoRenew || m.Status != usermodel.MemberActive {
				continue
			}
			no := "RN" + m.CardNo + timex.Date(m.ValidTo)
			if err := r.wallet.Move(ctx, m.UserID, wallet.Out, r.fee, "member_renew", no); err != nil {
				failed++
				log.Warn(ctx, "renew", log.Int64("user", m.UserID), log.Err(err))
				continue
			}
			if err := r.members.Updates(ctx, m.ID, map[string]any{"valid_to": m.ValidTo.AddDate(1, 0, 0)}); err != nil {
				return ok, failed, err
			}
			ok++
		}
		if len(rows) < 200 {
			return ok, failed, nil
		}
	}
}
