package order

import (
	"time"

	"github.com/acme/shop/internal/dto/page"
	ordermodel "github.com/acme/shop/internal/model/order"
	"github.com/acme/shop/pkg/crypto"
	"github.com/acme/shop/pkg/money"
	"github.com/acme/shop/pkg/timex"
)

// ListOrderReq is bound from the query string.
type ListOrderReq struct {
	OrderNo string `form:"order_no"`
	UserID  int64  `form:"user_id"`
	ShopID  int64  `form:"shop_id"`
	Channel string `form:"channel"`
	Status  []int8 `form:"status"`
	From    string `form:"from" binding:"omitempty,datetime=2006-01-02"`
	To      string `form:"to" binding:"omitempty,datetime=2006-01-02"`
	page.Query
}

// OrderResp is what leaves the building; columns that are not listed stay inside.
type OrderResp struct {
	ID             int64        `json:"id,string"`
	OrderNo        string       `json:"order_no"`
	UserID         int64        `json:"user_id"`
	ShopID         int64        `json:"shop_id"`
	Channel        string       `json:"channel"`
	TotalAmount    money.Amount `json:"total_amount"`
	DiscountAmount money.Amount `json:"discount_amount"`
	FreightAmount  money.Amount `json:"freight_amount"`
	PayAmount      money.Amount `json:"pay_amount"`
	CouponID       int64        `json:"coupon_id"`
	AddressID      int64        `json:"address_id"`
	ReceiverName   string       `json:"receiver_name"`
	ReceiverPhone  string       `json:"receiver_phone"`
	ReceiverAddr   string       `json:"receiver_addr"`
	Remark         string       `json:"remark"`
	CancelReason   string       `json:"cancel_reason"`
	PaidAt         *time.Time   `json:"paid_at,omitempty"`
	ShippedAt      *time.Time   `json:"shipped_at,omitempty"`
	FinishedAt     *time.Time   `json:"finished_at,omitempty"`
	ClosedAt       *time.Time   `json:"closed_at,omitempty"`
	Status         int8         `json:"status"`
	StatusText     string       `json:"status_text"`
	CreatedAt      string       `json:"created_at"`
}

func FromOrder(m *ordermodel.Order) *OrderResp {
	if m == nil {
		return nil
	}
	return &OrderResp{
		ID:             m.ID,
		OrderNo:        m.OrderNo,
		UserID:         m.UserID,
		ShopID:         m.ShopID,
		Channel:        m.Channel,
		TotalAmount:    m.TotalAmount,
		DiscountAmount: m.DiscountAmount,
		FreightAmount:  m.FreightAmount,
		PayAmount:      m.PayAmount,
		CouponID:       m.CouponID,
		AddressID:      m.AddressID,
		ReceiverName:   m.ReceiverName,
		ReceiverPhone:  crypto.MaskPhone(m.ReceiverPhone),
		ReceiverAddr:   m.ReceiverAddr,
		Remark:         m.Remark,
		CancelReason:   m.CancelReason,
		PaidAt:         m.PaidAt,
		ShippedAt:      m.ShippedAt,
		FinishedAt:     m.FinishedAt,
		ClosedAt:       m.ClosedAt,
		Status:         int8(m.Status),
		StatusText:     m.Status.String(),
		CreatedAt:      timex.Format(m.CreatedAt),
	}
}

func FromOrders(ms []*ordermodel.Order) []*OrderResp {
	out := make([]*OrderResp, 0, len(ms))
	for _, m := range ms {
		out = append(out, FromOrder(m))
	}
	return out
}
