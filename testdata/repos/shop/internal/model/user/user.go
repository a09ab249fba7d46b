package user

import (
	"time"

	basemodel "github.com/acme/shop/internal/model/base"
)

// User maps t_user (用户).
type User struct {
	ID             int64      `gorm:"column:id;primaryKey" json:"id,string"`
	Phone          string     `gorm:"column:phone;size:20;uniqueIndex:uk_phone" json:"phone"` // 手机号
	Nickname       string     `gorm:"column:nickname;size:64" json:"nickname"`                // 昵称
	Avatar         string     `gorm:"column:avatar;size:255" json:"avatar"`                   // 头像
	Email          string     `gorm:"column:email;size:128;index:idx_email" json:"email"`     // 邮箱
	PasswordHash   string     `gorm:"column:password_hash;size:128" json:"-"`                 // 密码
	Gender         int16      `gorm:"column:gender" json:"gender"`                            // 性别
	Birthday       *time.Time `gorm:"column:birthday" json:"birthday,omitempty"`              // 生日
	Level          int16      `gorm:"column:level" json:"level"`                              // 会员等级
	Points         int64      `gorm:"column:points" json:"points"`                            // 积分余额
	Lang           string     `gorm:"column:lang;size:8" json:"lang"`                         // 语言
	Country        string     `gorm:"column:country;size:8" json:"country"`                   // 国家
	RegisterIP     string     `gorm:"column:register_ip;size:45" json:"register_ip"`          // 注册 IP
	RegisterSource string     `gorm:"column:register_source;size:32" json:"register_source"`  // 注册来源
	LastLoginAt    *time.Time `gorm:"column:last_login_at" json:"last_login_at,omitempty"`    // 最近登录
	Status         UserStatus `gorm:"column:status;index:idx_status" json:"status"`
	basemodel.Timestamps
}

// TableName implements schema.Tabler.
func (User) TableName() string { return "t_user" }
