package payment

import (
	"github.com/acme/shop/internal/dto/page"
	paymodel "github.com/acme/shop/internal/model/payment"
	"github.com/acme/shop/pkg/money"
	"github.com/acme/shop/pkg/timex"
)

// ListWalletFlowReq is bound from the query string.
type ListWalletFlowReq struct {
	WalletID  int64  `form:"wallet_id"`
	FlowNo    string `form:"flow_no"`
	Direction int16  `form:"direction"`
	BizType   string `form:"biz_type"`
	From      string `form:"from" binding:"omitempty,datetime=2006-01-02"`
	To        string `form:"to" binding:"omitempty,datetime=2006-01-02"`
	page.Query
}

// WalletFlowResp is what leaves the building; columns that are not listed stay inside.
type WalletFlowResp struct {
	ID           int64        `json:"id,string"`
	WalletID     int64        `json:"wallet_id"`
	FlowNo       string       `json:"flow_no"`
	Direction    int16        `json:"direction"`
	Amount       money.Amount `json:"amount"`
	BalanceAfter money.Amount `json:"balance_after"`
	BizType      string       `json:"biz_type"`
	BizNo        string       `json:"biz_no"`
	Remark       string       `json:"remark"`
	CreatedAt    string       `json:"created_at"`
}

func FromWalletFlow(m *paymodel.WalletFlow) *WalletFlowResp {
	if m == nil {
		return nil
	}
	return &WalletFlowResp{
		ID:           m.ID,
		WalletID:     m.WalletID,
		FlowNo:       m.FlowNo,
		Direction:    m.Direction,
		Amount:       m.Amount,
		BalanceAfter: m.BalanceAfter,
		BizType:      m.BizType,
		BizNo:        m.BizNo,
		Remark:       m.Remark,
		CreatedAt:    timex.Format(m.CreatedAt),
	}
}

func FromWalletFlows(ms []*paymodel.WalletFlow) []*WalletFlowResp {
	out := make([]*WalletFlowResp, 0, len(ms))
	for _, m := range ms {
		out = append(out, FromWalletFlow(m))
	}
	return out
}
