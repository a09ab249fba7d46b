package payment

import (
	"time"

	basemodel "github.com/acme/shop/internal/model/base"
	"github.com/acme/shop/pkg/money"
)

// Payment maps t_payment (支付单).
type Payment struct {
	ID             int64         `gorm:"column:id;primaryKey" json:"id,string"`
	PaymentNo      string        `gorm:"column:payment_no;size:32;uniqueIndex:uk_payment_no" json:"payment_no"`              // 支付单号
	OrderNo        string        `gorm:"column:order_no;size:32;index:idx_order_no" json:"order_no"`                         // 订单号
	UserID         int64         `gorm:"column:user_id;index:idx_user_id" json:"user_id,string"`                             // 付款人
	ChannelCode    string        `gorm:"column:channel_code;size:16" json:"channel_code"`                                    // 渠道
	Amount         money.Amount  `gorm:"column:amount" json:"amount"`                                                        // 金额(分)
	Currency       string        `gorm:"column:currency;size:8" json:"currency"`                                             // 币种
	ChannelTradeNo string        `gorm:"column:channel_trade_no;size:64;index:idx_channel_trade_no" json:"channel_trade_no"` // 渠道流水号
	PayerID        string        `gorm:"column:payer_id;size:128" json:"payer_id"`                                           // openid / buyer_id
	ClientIP       string        `gorm:"column:client_ip;size:45" json:"client_ip"`                                          // 客户端 IP
	ExpireAt       time.Time     `gorm:"column:expire_at" json:"expire_at"`                                                  // 过期时间
	PaidAt         *time.Time    `gorm:"column:paid_at" json:"paid_at,omitempty"`                                            // 支付时间
	NotifyRaw      string        `gorm:"column:notify_raw;type:text" json:"notify_raw"`                                      // 回调原文
	Status         PaymentStatus `gorm:"column:status;index:idx_status" json:"status"`
	basemodel.Timestamps
}

// TableName implements schema.Tabler.
func (Payment) TableName() string { return "t_payment" }

// ExpiredAt compares with the business clock, not with time.Now.
func (m *Payment) ExpiredAt(now time.Time) bool {
	return !m.ExpireAt.IsZero() && !now.Before(m.ExpireAt)
}
