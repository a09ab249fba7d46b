package inventory

import basemodel "github.com/acme/shop/internal/model/base"

// Stock maps t_stock (库存).
type Stock struct {
	ID          int64 `gorm:"column:id;primaryKey" json:"id,string"`
	SkuID       int64 `gorm:"column:sku_id;index:idx_sku_id" json:"sku_id,string"`                   // SKU
	WarehouseID int64 `gorm:"column:warehouse_id;index:idx_warehouse_id" json:"warehouse_id,string"` // 仓库
	Total       int64 `gorm:"column:total" json:"total"`                                             // 实物
	Locked      int64 `gorm:"column:locked" json:"locked"`                                           // 锁定
	Available   int64 `gorm:"column:available" json:"available"`                                     // 可售
	SafetyLine  int64 `gorm:"column:safety_line" json:"safety_line"`                                 // 安全库存
	Version     int32 `gorm:"column:version" json:"version"`                                         // 乐观锁
	basemodel.Timestamps
}

// TableName implements schema.Tabler.
func (Stock) TableName() string { return "t_stock" }

// NextVersion is written back under WHERE version = old.
func (m *Stock) NextVersion() int32 { return m.Version + 1 }
