package wallet

import (
	"context"

	paydao "github.com/acme/shop/internal/dao/payment"
	paymodel "github.com/acme/shop/internal/model/payment"
	"github.com/acme/shop/pkg/errs"
	"github.com/acme/shop/pkg/idgen"
	"github.com/acme/shop/pkg/money"
)

// Mover changes balances; every change has a flow with the balance after it.
type Mover struct {
	wallets *paydao.WalletRepo
	flows   *paydao.WalletFlowRepo
}

func NewMover(w *paydao.WalletRepo, f *paydao.WalletFlowRepo) *Mover {
	return &Mover{wallets: w, flows: f}
}

const (
	In  = 1
	Out = 2
)

// Move adds or takes amount under a row lock. biz and no make it idempotent.
func (m *Mover) Move(ctx context.Context, userID int64, dir int16, amount money.Amount, biz, no string) error {
	if amount <= 0 {
		return errs.Newf(errs.InvalidArgument, "amount %s", amount)
	}
	return m.wallets.Tx(ctx, func(ctx context.Context) error {
		w, err := m.wallets.GetByUserID(ctx, userID)
		if err != nil {
			return err
		}
		if w, err = m.wallets.GetForUpdate(ctx, w.ID); err != nil {
			return err
		}
		done, err := m.flows.ListByBizNo(ctx, no)
		if err != nil {
			return err
		}
		for _, f := range done {
			if f.BizType == biz && f.Direction == dir {
				return nil
			}
		}
		if w.Status != paymodel.WalletActive {
			return errs.Newf(errs.StateConflict, "wallet is %s", w.Status)
		}
		after := w.Balance + amount
		if dir == Out {
			if after = w.Balance - amount; after < -w.CreditLimit {
				return errs.New(errs.PaymentDeclined, "balance")
			}
		}
		if err := m.wallets.Updates(ctx, w.ID, map[string]any{"balance": after, "version": w.NextVersion()}); err != nil {
			return err
		}
		return m.flows.Create(ctx, &paymodel.WalletFlow{WalletID: w.ID, FlowNo: idgen.No("WF", userID), Direction: dir, Amount: amount, BalanceAfter: after, BizType: biz, BizNo: no})
	})
}
