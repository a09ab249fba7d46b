package inventory

import basemodel "github.com/acme/shop/internal/model/base"

// StockFlow maps t_stock_flow (库存流水).
type StockFlow struct {
	ID             int64  `gorm:"column:id;primaryKey" json:"id,string"`
	SkuID          int64  `gorm:"column:sku_id;index:idx_sku_id" json:"sku_id,string"`                   // SKU
	WarehouseID    int64  `gorm:"column:warehouse_id;index:idx_warehouse_id" json:"warehouse_id,string"` // 仓库
	FlowNo         string `gorm:"column:flow_no;size:32;uniqueIndex:uk_flow_no" json:"flow_no"`          // 流水号
	Delta          int64  `gorm:"column:delta" json:"delta"`                                             // 变动
	AfterAvailable int64  `gorm:"column:after_available" json:"after_available"`                         // 变动后可售
	BizType        string `gorm:"column:biz_type;size:32;index:idx_biz_type" json:"biz_type"`            // 业务类型
	BizNo          string `gorm:"column:biz_no;size:64;index:idx_biz_no" json:"biz_no"`                  // 业务单号
	Operator       string `gorm:"column:operator;size:64" json:"operator"`                               // 操作人
	basemodel.Timestamps
}

// TableName implements schema.Tabler.
func (StockFlow) TableName() string { return "t_stock_flow" }
