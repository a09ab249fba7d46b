package shipping

import (
	"time"

	basemodel "github.com/acme/shop/internal/model/base"
	"github.com/acme/shop/pkg/money"
)

// Waybill maps t_waybill (运单(旧表)).
type Waybill struct {
	ID            int64         `gorm:"column:id;primaryKey" json:"id,string"`
	WaybillNo     string        `gorm:"column:waybill_no;size:64;uniqueIndex:uk_waybill_no" json:"waybill_no"` // 运单号
	OrderNo       string        `gorm:"column:order_no;size:32;index:idx_order_no" json:"order_no"`            // 订单号
	CarrierCode   string        `gorm:"column:carrier_code;size:16" json:"carrier_code"`                       // 承运商
	FreightAmount money.Amount  `gorm:"column:freight_amount" json:"freight_amount"`                           // 运费(分)
	Weight        int32         `gorm:"column:weight" json:"weight"`                                           // 重量(克)
	SenderAddr    string        `gorm:"column:sender_addr;size:255" json:"sender_addr"`                        // 发件地址
	ReceiverAddr  string        `gorm:"column:receiver_addr;size:255" json:"receiver_addr"`                    // 收件地址
	PickedAt      *time.Time    `gorm:"column:picked_at" json:"picked_at,omitempty"`                           // 揽收时间
	SignedAt      *time.Time    `gorm:"column:signed_at" json:"signed_at,omitempty"`                           // 签收时间
	TraceJSON     string        `gorm:"column:trace_json;type:text" json:"trace_json"`                         // 轨迹 JSON
	Status        WaybillStatus `gorm:"column:status;index:idx_status" json:"status"`
	basemodel.Timestamps
}

// TableName implements schema.Tabler.
func (Waybill) TableName() string { return "t_waybill" }
