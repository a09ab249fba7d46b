package coupon

import (
	"time"

	basemodel "github.com/acme/shop/internal/model/base"
)

// UserCoupon maps t_user_coupon (用户券).
type UserCoupon struct {
	ID         int64            `gorm:"column:id;primaryKey" json:"id,string"`
	TemplateID int64            `gorm:"column:template_id;index:idx_template_id" json:"template_id,string"` // 模板
	UserID     int64            `gorm:"column:user_id;index:idx_user_id" json:"user_id,string"`             // 用户
	CouponNo   string           `gorm:"column:coupon_no;size:32;uniqueIndex:uk_coupon_no" json:"coupon_no"` // 券码
	OrderNo    string           `gorm:"column:order_no;size:32;index:idx_order_no" json:"order_no"`         // 使用订单
	ReceivedAt time.Time        `gorm:"column:received_at" json:"received_at"`                              // 领取时间
	UsedAt     *time.Time       `gorm:"column:used_at" json:"used_at,omitempty"`                            // 使用时间
	ExpireAt   time.Time        `gorm:"column:expire_at" json:"expire_at"`                                  // 过期时间
	Status     UserCouponStatus `gorm:"column:status;index:idx_status" json:"status"`
	basemodel.Timestamps
}

// TableName implements schema.Tabler.
func (UserCoupon) TableName() string { return "t_user_coupon" }

// ExpiredAt compares with the business clock, not with time.Now.
func (m *UserCoupon) ExpiredAt(now time.Time) bool {
	return !m.ExpireAt.IsZero() && !now.Before(m.ExpireAt)
}
