package order

import (
	"time"

	basemodel "github.com/acme/shop/internal/model/base"
	"github.com/acme/shop/internal/model/order/enum"
	"github.com/acme/shop/pkg/money"
)

// AfterSale maps t_after_sale (售后单).
type AfterSale struct {
	ID            int64                `gorm:"column:id;primaryKey" json:"id,string"`
	AfterSaleNo   string               `gorm:"column:after_sale_no;size:32;uniqueIndex:uk_after_sale_no" json:"after_sale_no"` // 售后单号
	OrderID       int64                `gorm:"column:order_id;index:idx_order_id" json:"order_id,string"`                      // 订单
	ItemID        int64                `gorm:"column:item_id;index:idx_item_id" json:"item_id,string"`                         // 明细
	UserID        int64                `gorm:"column:user_id;index:idx_user_id" json:"user_id,string"`                         // 买家
	Kind          string               `gorm:"column:kind;size:16" json:"kind"`                                                // 类型 refund/return/exchange
	Reason        string               `gorm:"column:reason;size:64" json:"reason"`                                            // 原因
	Description   string               `gorm:"column:description;size:512" json:"description"`                                 // 描述
	Quantity      int32                `gorm:"column:quantity" json:"quantity"`                                                // 数量
	Amount        money.Amount         `gorm:"column:amount" json:"amount"`                                                    // 退款金额(分)
	ReturnWaybill string               `gorm:"column:return_waybill;size:64" json:"return_waybill"`                            // 退货运单
	AuditBy       string               `gorm:"column:audit_by;size:64" json:"audit_by"`                                        // 审核人
	AuditRemark   string               `gorm:"column:audit_remark;size:255" json:"audit_remark"`                               // 审核备注
	AuditedAt     *time.Time           `gorm:"column:audited_at" json:"audited_at,omitempty"`                                  // 审核时间
	Status        enum.AfterSaleStatus `gorm:"column:status;index:idx_status" json:"status"`
	basemodel.Timestamps
}

// TableName implements schema.Tabler.
func (AfterSale) TableName() string { return "t_after_sale" }

// OwnedBy guards against horizontal privilege escalation (越权).
func (m *AfterSale) OwnedBy(userID int64) bool { return m != nil && m.UserID == userID }
