package order

import (
	"time"

	basemodel "github.com/acme/shop/internal/model/base"
	"github.com/acme/shop/pkg/money"
)

// Invoice maps t_order_invoice (发票).
type Invoice struct {
	ID         int64         `gorm:"column:id;primaryKey" json:"id,string"`
	OrderID    int64         `gorm:"column:order_id;uniqueIndex:uk_order_id" json:"order_id,string"` // 订单
	UserID     int64         `gorm:"column:user_id;index:idx_user_id" json:"user_id,string"`         // 申请人
	Kind       string        `gorm:"column:kind;size:16" json:"kind"`                                // 类型 personal/company/vat
	Title      string        `gorm:"column:title;size:128" json:"title"`                             // 抬头
	TaxNo      string        `gorm:"column:tax_no;size:32" json:"tax_no"`                            // 税号
	Amount     money.Amount  `gorm:"column:amount" json:"amount"`                                    // 开票金额(分)
	Email      string        `gorm:"column:email;size:128" json:"email"`                             // 接收邮箱
	PdfURL     string        `gorm:"column:pdf_url;size:255" json:"pdf_url"`                         // 电子发票地址
	FailReason string        `gorm:"column:fail_reason;size:255" json:"fail_reason"`                 // 失败原因
	IssuedAt   *time.Time    `gorm:"column:issued_at" json:"issued_at,omitempty"`                    // 开具时间
	Status     InvoiceStatus `gorm:"column:status;index:idx_status" json:"status"`
	basemodel.Timestamps
}

// TableName implements schema.Tabler.
func (Invoice) TableName() string { return "t_order_invoice" }

// OwnedBy guards against horizontal privilege escalation (越权).
func (m *Invoice) OwnedBy(userID int64) bool { return m != nil && m.UserID == userID }
