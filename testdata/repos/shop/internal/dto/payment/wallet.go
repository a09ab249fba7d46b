package payment

import (
	"github.com/acme/shop/internal/dto/page"
	paymodel "github.com/acme/shop/internal/model/payment"
	"github.com/acme/shop/pkg/money"
	"github.com/acme/shop/pkg/timex"
)

// CreateWalletReq 新建余额账户.
type CreateWalletReq struct {
	UserID      int64        `json:"user_id" binding:"gte=0"` // 用户
	CreditLimit money.Amount `json:"credit_limit"`            // 信用额度(分)
}

// UpdateWalletReq carries only what the caller wants to change.
type UpdateWalletReq struct {
	ID          int64         `json:"-" uri:"id"`
	CreditLimit *money.Amount `json:"credit_limit"`
}

// ListWalletReq is bound from the query string.
type ListWalletReq struct {
	UserID int64  `form:"user_id"`
	Status []int8 `form:"status"`
	From   string `form:"from" binding:"omitempty,datetime=2006-01-02"`
	To     string `form:"to" binding:"omitempty,datetime=2006-01-02"`
	page.Query
}

// WalletResp is what leaves the building; columns that are not listed stay inside.
type WalletResp struct {
	ID          int64        `json:"id,string"`
	UserID      int64        `json:"user_id"`
	Balance     money.Amount `json:"balance"`
	Frozen      money.Amount `json:"frozen"`
	CreditLimit money.Amount `json:"credit_limit"`
	Status      int8         `json:"status"`
	StatusText  string       `json:"status_text"`
	CreatedAt   string       `json:"created_at"`
}

func FromWallet(m *paymodel.Wallet) *WalletResp {
	if m == nil {
		return nil
	}
	return &WalletResp{
		ID:          m.ID,
		UserID:      m.UserID,
		Balance:     m.Balance,
		Frozen:      m.Frozen,
		CreditLimit: m.CreditLimit,
		Status:      int8(m.Status),
		StatusText:  m.Status.String(),
		CreatedAt:   timex.Format(m.CreatedAt),
	}
}

func FromWallets(ms []*paymodel.Wallet) []*WalletResp {
	out := make([]*WalletResp, 0, len(ms))
	for _, m := range ms {
		out = append(out, FromWallet(m))
	}
	return out
}
