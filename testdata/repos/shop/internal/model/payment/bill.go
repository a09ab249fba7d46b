package payment

import (
	basemodel "github.com/acme/shop/internal/model/base"
	"github.com/acme/shop/pkg/money"
)

// Bill maps t_reconcile_bill (对账单).
type Bill struct {
	ID          int64        `gorm:"column:id;primaryKey" json:"id,string"`
	BillDate    string       `gorm:"column:bill_date;size:10;index:idx_bill_date" json:"bill_date"` // 账单日
	ChannelCode string       `gorm:"column:channel_code;size:16" json:"channel_code"`               // 渠道
	FileURL     string       `gorm:"column:file_url;size:255" json:"file_url"`                      // 账单文件
	OurCount    int64        `gorm:"column:our_count" json:"our_count"`                             // 我方笔数
	OurAmount   money.Amount `gorm:"column:our_amount" json:"our_amount"`                           // 我方金额(分)
	TheirCount  int64        `gorm:"column:their_count" json:"their_count"`                         // 渠道笔数
	TheirAmount money.Amount `gorm:"column:their_amount" json:"their_amount"`                       // 渠道金额(分)
	DiffCount   int64        `gorm:"column:diff_count" json:"diff_count"`                           // 差异笔数
	DiffDetail  string       `gorm:"column:diff_detail;type:text" json:"diff_detail"`               // 差异明细 JSON
	Handler     string       `gorm:"column:handler;size:64" json:"handler"`                         // 处理人
	Status      BillStatus   `gorm:"column:status;index:idx_status" json:"status"`
	basemodel.Timestamps
}

// TableName implements schema.Tabler.
func (Bill) TableName() string { return "t_reconcile_bill" }
