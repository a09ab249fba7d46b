package order

import (
	"time"

	basemodel "github.com/acme/shop/internal/model/base"
	"github.com/acme/shop/internal/model/order/enum"
	"github.com/acme/shop/pkg/money"
)

// Order maps t_order (订单主表).
type Order struct {
	ID             int64            `gorm:"column:id;primaryKey" json:"id,string"`
	OrderNo        string           `gorm:"column:order_no;size:32;uniqueIndex:uk_order_no" json:"order_no"`              // 订单号
	UserID         int64            `gorm:"column:user_id;index:idx_user_id" json:"user_id,string"`                       // 买家
	ShopID         int64            `gorm:"column:shop_id;index:idx_shop_id" json:"shop_id,string"`                       // 店铺
	Channel        string           `gorm:"column:channel;size:16" json:"channel"`                                        // 下单渠道 app/mini/web
	TotalAmount    money.Amount     `gorm:"column:total_amount" json:"total_amount"`                                      // 商品总额(分)
	DiscountAmount money.Amount     `gorm:"column:discount_amount" json:"discount_amount"`                                // 优惠(分)
	FreightAmount  money.Amount     `gorm:"column:freight_amount" json:"freight_amount"`                                  // 运费(分)
	PayAmount      money.Amount     `gorm:"column:pay_amount" json:"pay_amount"`                                          // 应付(分)
	CouponID       int64            `gorm:"column:coupon_id" json:"coupon_id,string"`                                     // 使用的优惠券
	AddressID      int64            `gorm:"column:address_id" json:"address_id,string"`                                   // 收货地址
	ReceiverName   string           `gorm:"column:receiver_name;size:64" json:"receiver_name"`                            // 收货人
	ReceiverPhone  string           `gorm:"column:receiver_phone;size:20;index:idx_receiver_phone" json:"receiver_phone"` // 收货电话
	ReceiverAddr   string           `gorm:"column:receiver_addr;size:255" json:"receiver_addr"`                           // 详细地址
	Remark         string           `gorm:"column:remark;size:255" json:"remark"`                                         // 买家备注
	CancelReason   string           `gorm:"column:cancel_reason;size:128" json:"cancel_reason"`                           // 取消原因
	PaidAt         *time.Time       `gorm:"column:paid_at" json:"paid_at,omitempty"`                                      // 支付时间
	ShippedAt      *time.Time       `gorm:"column:shipped_at" json:"shipped_at,omitempty"`                                // 发货时间
	FinishedAt     *time.Time       `gorm:"column:finished_at" json:"finished_at,omitempty"`                              // 完成时间
	ClosedAt       *time.Time       `gorm:"column:closed_at" json:"closed_at,omitempty"`                                  // 关闭时间
	Version        int32            `gorm:"column:version" json:"version"`                                                // 乐观锁
	Status         enum.OrderStatus `gorm:"column:status;index:idx_status" json:"status"`
	basemodel.Timestamps
}

// TableName implements schema.Tabler.
func (Order) TableName() string { return "t_order" }

// OwnedBy guards against horizontal privilege escalation (越权).
func (m *Order) OwnedBy(userID int64) bool { return m != nil && m.UserID == userID }

// NextVersion is written back under WHERE version = old.
func (m *Order) NextVersion() int32 { return m.Version + 1 }
