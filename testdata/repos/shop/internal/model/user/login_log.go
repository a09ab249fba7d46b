package user

import basemodel "github.com/acme/shop/internal/model/base"

// LoginLog maps t_login_log (登录日志).
type LoginLog struct {
	ID         int64  `gorm:"column:id;primaryKey" json:"id,string"`
	UserID     int64  `gorm:"column:user_id;index:idx_user_id" json:"user_id,string"` // 用户
	Method     string `gorm:"column:method;size:16" json:"method"`                    // 方式
	IP         string `gorm:"column:ip;size:45;index:idx_ip" json:"ip"`               // IP
	Device     string `gorm:"column:device;size:128" json:"device"`                   // 设备
	UserAgent  string `gorm:"column:user_agent;size:255" json:"user_agent"`           // UA
	Success    bool   `gorm:"column:success" json:"success"`                          // 是否成功
	FailReason string `gorm:"column:fail_reason;size:64" json:"fail_reason"`          // 失败原因
	basemodel.Timestamps
}

// TableName implements schema.Tabler.
func (LoginLog) TableName() string { return "t_login_log" }
