package order

import (
	basemodel "github.com/acme/shop/internal/model/base"
	"github.com/acme/shop/pkg/money"
)

// Item maps t_order_item (订单明细).
type Item struct {
	ID          int64        `gorm:"column:id;primaryKey" json:"id,string"`
	OrderID     int64        `gorm:"column:order_id;index:idx_order_id" json:"order_id,string"`             // 订单
	SkuID       int64        `gorm:"column:sku_id;index:idx_sku_id" json:"sku_id,string"`                   // SKU
	SpuID       int64        `gorm:"column:spu_id" json:"spu_id,string"`                                    // SPU
	Title       string       `gorm:"column:title;size:128" json:"title"`                                    // 商品标题快照
	Spec        string       `gorm:"column:spec;size:255" json:"spec"`                                      // 规格快照
	UnitPrice   money.Amount `gorm:"column:unit_price" json:"unit_price"`                                   // 单价(分)
	Quantity    int32        `gorm:"column:quantity" json:"quantity"`                                       // 数量
	Discount    money.Amount `gorm:"column:discount" json:"discount"`                                       // 分摊优惠(分)
	PayAmount   money.Amount `gorm:"column:pay_amount" json:"pay_amount"`                                   // 实付(分)
	RefundedQty int32        `gorm:"column:refunded_qty" json:"refunded_qty"`                               // 已退数量
	WarehouseID int64        `gorm:"column:warehouse_id;index:idx_warehouse_id" json:"warehouse_id,string"` // 发货仓
	basemodel.Timestamps
}

// TableName implements schema.Tabler.
func (Item) TableName() string { return "t_order_item" }
