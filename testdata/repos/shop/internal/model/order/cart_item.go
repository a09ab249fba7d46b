package order

import (
	basemodel "github.com/acme/shop/internal/model/base"
	"github.com/acme/shop/pkg/money"
)

// CartItem maps t_cart_item (购物车).
type CartItem struct {
	ID            int64        `gorm:"column:id;primaryKey" json:"id,string"`
	UserID        int64        `gorm:"column:user_id;index:idx_user_id" json:"user_id,string"` // 用户
	SkuID         int64        `gorm:"column:sku_id;index:idx_sku_id" json:"sku_id,string"`    // SKU
	ShopID        int64        `gorm:"column:shop_id;index:idx_shop_id" json:"shop_id,string"` // 店铺
	Quantity      int32        `gorm:"column:quantity" json:"quantity"`                        // 数量
	PriceSnapshot money.Amount `gorm:"column:price_snapshot" json:"price_snapshot"`            // 加入时价格(分)
	Checked       bool         `gorm:"column:checked" json:"checked"`                          // 是否勾选
	Source        string       `gorm:"column:source;size:32" json:"source"`                    // 来源
	basemodel.Timestamps
}

// TableName implements schema.Tabler.
func (CartItem) TableName() string { return "t_cart_item" }

// OwnedBy guards against horizontal privilege escalation (越权).
func (m *CartItem) OwnedBy(userID int64) bool { return m != nil && m.UserID == userID }
