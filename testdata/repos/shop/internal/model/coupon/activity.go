package coupon

import (
	"time"

	basemodel "github.com/acme/shop/internal/model/base"
	"github.com/acme/shop/pkg/money"
)

// Activity maps t_promo_activity (促销活动).
type Activity struct {
	ID         int64          `gorm:"column:id;primaryKey" json:"id,string"`
	ActivityNo string         `gorm:"column:activity_no;size:32;uniqueIndex:uk_activity_no" json:"activity_no"` // 活动编码
	Name       string         `gorm:"column:name;size:64" json:"name"`                                          // 名称
	Kind       string         `gorm:"column:kind;size:16" json:"kind"`                                          // 类型 flash/full/bundle
	ShopID     int64          `gorm:"column:shop_id;index:idx_shop_id" json:"shop_id,string"`                   // 店铺
	RuleJSON   string         `gorm:"column:rule_json;type:text" json:"rule_json"`                              // 规则 JSON
	Budget     money.Amount   `gorm:"column:budget" json:"budget"`                                              // 预算(分)
	Spent      money.Amount   `gorm:"column:spent" json:"spent"`                                                // 已花(分)
	StartAt    time.Time      `gorm:"column:start_at" json:"start_at"`                                          // 开始
	EndAt      time.Time      `gorm:"column:end_at" json:"end_at"`                                              // 结束
	Owner      string         `gorm:"column:owner;size:64" json:"owner"`                                        // 负责人
	Status     ActivityStatus `gorm:"column:status;index:idx_status" json:"status"`
	basemodel.Timestamps
}

// TableName implements schema.Tabler.
func (Activity) TableName() string { return "t_promo_activity" }

// ExpiredAt compares with the business clock, not with time.Now.
func (m *Activity) ExpiredAt(now time.Time) bool { return !m.EndAt.IsZero() && !now.Before(m.EndAt) }
