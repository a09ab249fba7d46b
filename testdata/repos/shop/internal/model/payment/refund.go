package payment

import (
	"time"

	basemodel "github.com/acme/shop/internal/model/base"
	"github.com/acme/shop/pkg/money"
)

// Refund maps t_payment_refund (退款单).
type Refund struct {
	ID              int64        `gorm:"column:id;primaryKey" json:"id,string"`
	RefundNo        string       `gorm:"column:refund_no;size:32;uniqueIndex:uk_refund_no" json:"refund_no"`                    // 退款单号
	PaymentNo       string       `gorm:"column:payment_no;size:32;index:idx_payment_no" json:"payment_no"`                      // 支付单号
	OrderNo         string       `gorm:"column:order_no;size:32;index:idx_order_no" json:"order_no"`                            // 订单号
	Amount          money.Amount `gorm:"column:amount" json:"amount"`                                                           // 金额(分)
	Reason          string       `gorm:"column:reason;size:128" json:"reason"`                                                  // 原因
	ChannelRefundNo string       `gorm:"column:channel_refund_no;size:64;index:idx_channel_refund_no" json:"channel_refund_no"` // 渠道退款流水
	RetryCount      int32        `gorm:"column:retry_count" json:"retry_count"`                                                 // 重试次数
	NextRetryAt     *time.Time   `gorm:"column:next_retry_at" json:"next_retry_at,omitempty"`                                   // 下次重试
	FinishedAt      *time.Time   `gorm:"column:finished_at" json:"finished_at,omitempty"`                                       // 完成时间
	Status          RefundStatus `gorm:"column:status;index:idx_status" json:"status"`
	basemodel.Timestamps
}

// TableName implements schema.Tabler.
func (Refund) TableName() string { return "t_payment_refund" }
