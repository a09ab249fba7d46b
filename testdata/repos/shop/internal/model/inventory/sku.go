package inventory

import (
	basemodel "github.com/acme/shop/internal/model/base"
	"github.com/acme/shop/pkg/money"
)

// Sku maps t_sku (SKU).
type Sku struct {
	ID          int64        `gorm:"column:id;primaryKey" json:"id,string"`
	SpuID       int64        `gorm:"column:spu_id;index:idx_spu_id" json:"spu_id,string"`       // 商品
	SkuNo       string       `gorm:"column:sku_no;size:32;uniqueIndex:uk_sku_no" json:"sku_no"` // SKU 编码
	Barcode     string       `gorm:"column:barcode;size:32;index:idx_barcode" json:"barcode"`   // 条码
	Spec        string       `gorm:"column:spec;size:255" json:"spec"`                          // 规格 JSON
	Price       money.Amount `gorm:"column:price" json:"price"`                                 // 售价(分)
	MarketPrice money.Amount `gorm:"column:market_price" json:"market_price"`                   // 划线价(分)
	CostPrice   money.Amount `gorm:"column:cost_price" json:"cost_price"`                       // 成本(分)
	Weight      int32        `gorm:"column:weight" json:"weight"`                               // 重量(克)
	Image       string       `gorm:"column:image;size:255" json:"image"`                        // 图片
	Enabled     bool         `gorm:"column:enabled" json:"enabled"`                             // 是否启用
	basemodel.Timestamps
}

// TableName implements schema.Tabler.
func (Sku) TableName() string { return "t_sku" }
