package payment

import (
	"time"

	"github.com/acme/shop/internal/dto/page"
	paymodel "github.com/acme/shop/internal/model/payment"
	"github.com/acme/shop/pkg/money"
	"github.com/acme/shop/pkg/timex"
)

// ListPaymentReq is bound from the query string.
type ListPaymentReq struct {
	PaymentNo   string `form:"payment_no"`
	OrderNo     string `form:"order_no"`
	UserID      int64  `form:"user_id"`
	ChannelCode string `form:"channel_code"`
	Status      []int8 `form:"status"`
	From        string `form:"from" binding:"omitempty,datetime=2006-01-02"`
	To          string `form:"to" binding:"omitempty,datetime=2006-01-02"`
	page.Query
}

// PaymentResp is what leaves the building; columns that are not listed stay inside.
type PaymentResp struct {
	ID             int64        `json:"id,string"`
	PaymentNo      string       `json:"payment_no"`
	OrderNo        string       `json:"order_no"`
	UserID         int64        `json:"user_id"`
	ChannelCode    string       `json:"channel_code"`
	Amount         money.Amount `json:"amount"`
	Currency       string       `json:"currency"`
	ChannelTradeNo string       `json:"channel_trade_no"`
	PayerID        string       `json:"payer_id"`
	ClientIP       string       `json:"client_ip"`
	ExpireAt       time.Time    `json:"expire_at"`
	PaidAt         *time.Time   `json:"paid_at,omitempty"`
	Status         int8         `json:"status"`
	StatusText     string       `json:"status_text"`
	CreatedAt      string       `json:"created_at"`
}

func FromPayment(m *paymodel.Payment) *PaymentResp {
	if m == nil {
		return nil
	}
	return &PaymentResp{
		ID:             m.ID,
		PaymentNo:      m.PaymentNo,
		OrderNo:        m.OrderNo,
		UserID:         m.UserID,
		ChannelCode:    m.ChannelCode,
		Amount:         m.Amount,
		Currency:       m.Currency,
		ChannelTradeNo: m.ChannelTradeNo,
		PayerID:        m.PayerID,
		ClientIP:       m.ClientIP,
		ExpireAt:       m.ExpireAt,
		PaidAt:         m.PaidAt,
		Status:         int8(m.Status),
		StatusText:     m.Status.String(),
		CreatedAt:      timex.Format(m.CreatedAt),
	}
}

func FromPayments(ms []*paymodel.Payment) []*PaymentResp {
	out := make([]*PaymentResp, 0, len(ms))
	for _, m := range ms {
		out = append(out, FromPayment(m))
	}
	return out
}
