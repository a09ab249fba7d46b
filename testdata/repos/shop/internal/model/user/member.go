package user

import (
	"time"

	basemodel "github.com/acme/shop/internal/model/base"
)

// Member maps t_member (会员).
type Member struct {
	ID           int64        `gorm:"column:id;primaryKey" json:"id,string"`
	UserID       int64        `gorm:"column:user_id;uniqueIndex:uk_user_id" json:"user_id,string"`  // 用户
	Level        int16        `gorm:"column:level" json:"level"`                                    // 等级
	GrowthValue  int64        `gorm:"column:growth_value" json:"growth_value"`                      // 成长值
	CardNo       string       `gorm:"column:card_no;size:32;uniqueIndex:uk_card_no" json:"card_no"` // 会员卡号
	ValidFrom    time.Time    `gorm:"column:valid_from" json:"valid_from"`                          // 生效
	ValidTo      time.Time    `gorm:"column:valid_to" json:"valid_to"`                              // 失效
	AutoRenew    bool         `gorm:"column:auto_renew" json:"auto_renew"`                          // 自动续费
	RenewChannel string       `gorm:"column:renew_channel;size:16" json:"renew_channel"`            // 续费渠道
	Status       MemberStatus `gorm:"column:status;index:idx_status" json:"status"`
	basemodel.Timestamps
}

// TableName implements schema.Tabler.
func (Member) TableName() string { return "t_member" }

// OwnedBy guards against horizontal privilege escalation (越权).
func (m *Member) OwnedBy(userID int64) bool { return m != nil && m.UserID == userID }

// ExpiredAt compares with the business clock, not with time.Now.
func (m *Member) ExpiredAt(now time.Time) bool { return !m.ValidTo.IsZero() && !now.Before(m.ValidTo) }
