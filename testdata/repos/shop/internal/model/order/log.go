package order

import basemodel "github.com/acme/shop/internal/model/base"

// Log maps t_order_log (订单操作流水).
type Log struct {
	ID         int64  `gorm:"column:id;primaryKey" json:"id,string"`
	OrderID    int64  `gorm:"column:order_id;index:idx_order_id" json:"order_id,string"` // 订单
	Operator   string `gorm:"column:operator;size:64" json:"operator"`                   // 操作人
	Action     string `gorm:"column:action;size:32" json:"action"`                       // 动作
	FromStatus int16  `gorm:"column:from_status" json:"from_status"`                     // 原状态
	ToStatus   int16  `gorm:"column:to_status" json:"to_status"`                         // 新状态
	Detail     string `gorm:"column:detail;type:text" json:"detail"`                     // 明细 JSON
	basemodel.Timestamps
}

// TableName implements schema.Tabler.
func (Log) TableName() string { return "t_order_log" }
