package user

import (
	"time"

	basemodel "github.com/acme/shop/internal/model/base"
)

// PointsFlow maps t_points_flow (积分流水).
type PointsFlow struct {
	ID           int64      `gorm:"column:id;primaryKey" json:"id,string"`
	UserID       int64      `gorm:"column:user_id;index:idx_user_id" json:"user_id,string"`       // 用户
	FlowNo       string     `gorm:"column:flow_no;size:32;uniqueIndex:uk_flow_no" json:"flow_no"` // 流水号
	Delta        int64      `gorm:"column:delta" json:"delta"`                                    // 变动
	BalanceAfter int64      `gorm:"column:balance_after" json:"balance_after"`                    // 变动后
	Reason       string     `gorm:"column:reason;size:64" json:"reason"`                          // 原因
	BizNo        string     `gorm:"column:biz_no;size:64;index:idx_biz_no" json:"biz_no"`         // 业务单号
	ExpireAt     *time.Time `gorm:"column:expire_at" json:"expire_at,omitempty"`                  // 过期时间
	basemodel.Timestamps
}

// TableName implements schema.Tabler.
func (PointsFlow) TableName() string { return "t_points_flow" }

// OwnedBy guards against horizontal privilege escalation (越权).
func (m *PointsFlow) OwnedBy(userID int64) bool { return m != nil && m.UserID == userID }

// ExpiredAt compares with the business clock, not with time.Now.
func (m *PointsFlow) ExpiredAt(now time.Time) bool {
	return m.ExpireAt != nil && !now.Before(*m.ExpireAt)
}
