package payment

import (
	"time"

	"github.com/acme/shop/internal/dto/page"
	paymodel "github.com/acme/shop/internal/model/payment"
	"github.com/acme/shop/pkg/money"
	"github.com/acme/shop/pkg/timex"
)

// ListRefundReq is bound from the query string.
type ListRefundReq struct {
	RefundNo  string `form:"refund_no"`
	PaymentNo string `form:"payment_no"`
	OrderNo   string `form:"order_no"`
	Status    []int8 `form:"status"`
	From      string `form:"from" binding:"omitempty,datetime=2006-01-02"`
	To        string `form:"to" binding:"omitempty,datetime=2006-01-02"`
	page.Query
}

// RefundResp is what leaves the building; columns that are not listed stay inside.
type RefundResp struct {
	ID              int64        `json:"id,string"`
	RefundNo        string       `json:"refund_no"`
	PaymentNo       string       `json:"payment_no"`
	OrderNo         string       `json:"order_no"`
	Amount          money.Amount `json:"amount"`
	Reason          string       `json:"reason"`
	ChannelRefundNo string       `json:"channel_refund_no"`
	RetryCount      int32        `json:"retry_count"`
	NextRetryAt     *time.Time   `json:"next_retry_at,omitempty"`
	FinishedAt      *time.Time   `json:"finished_at,omitempty"`
	Status          int8         `json:"status"`
	StatusText      string       `json:"status_text"`
	CreatedAt       string       `json:"created_at"`
}

func FromRefund(m *paymodel.Refund) *RefundResp {
	if m == nil {
		return nil
	}
	return &RefundResp{
		ID:              m.ID,
		RefundNo:        m.RefundNo,
		PaymentNo:       m.PaymentNo,
		OrderNo:         m.OrderNo,
		Amount:          m.Amount,
		Reason:          m.Reason,
		ChannelRefundNo: m.ChannelRefundNo,
		RetryCount:      m.RetryCount,
		NextRetryAt:     m.NextRetryAt,
		FinishedAt:      m.FinishedAt,
		Status:          int8(m.Status),
		StatusText:      m.Status.String(),
		CreatedAt:       timex.Format(m.CreatedAt),
	}
}

func FromRefunds(ms []*paymodel.Refund) []*RefundResp {
	out := make([]*RefundResp, 0, len(ms))
	for _, m := range ms {
		out = append(out, FromRefund(m))
	}
	return out
}
