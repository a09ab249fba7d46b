package inventory

import (
	"time"

	basemodel "github.com/acme/shop/internal/model/base"
)

// Reservation maps t_stock_reservation (库存预占).
type Reservation struct {
	ID          int64             `gorm:"column:id;primaryKey" json:"id,string"`
	OrderNo     string            `gorm:"column:order_no;size:32;index:idx_order_no" json:"order_no"`            // 订单号
	SkuID       int64             `gorm:"column:sku_id;index:idx_sku_id" json:"sku_id,string"`                   // SKU
	WarehouseID int64             `gorm:"column:warehouse_id;index:idx_warehouse_id" json:"warehouse_id,string"` // 仓库
	Quantity    int64             `gorm:"column:quantity" json:"quantity"`                                       // 数量
	ExpireAt    time.Time         `gorm:"column:expire_at" json:"expire_at"`                                     // 过期时间
	Status      ReservationStatus `gorm:"column:status;index:idx_status" json:"status"`
	basemodel.Timestamps
}

// TableName implements schema.Tabler.
func (Reservation) TableName() string { return "t_stock_reservation" }

// ExpiredAt compares with the business clock, not with time.Now.
func (m *Reservation) ExpiredAt(now time.Time) bool {
	return !m.ExpireAt.IsZero() && !now.Before(m.ExpireAt)
}
