package user

import basemodel "github.com/acme/shop/internal/model/base"

// Address maps t_user_address (收货地址).
type Address struct {
	ID        int64   `gorm:"column:id;primaryKey" json:"id,string"`
	UserID    int64   `gorm:"column:user_id;index:idx_user_id" json:"user_id,string"` // 用户
	Receiver  string  `gorm:"column:receiver;size:64" json:"receiver"`                // 收货人
	Phone     string  `gorm:"column:phone;size:20" json:"phone"`                      // 电话
	Country   string  `gorm:"column:country;size:8" json:"country"`                   // 国家
	Province  string  `gorm:"column:province;size:32" json:"province"`                // 省
	City      string  `gorm:"column:city;size:32" json:"city"`                        // 市
	District  string  `gorm:"column:district;size:32" json:"district"`                // 区
	Detail    string  `gorm:"column:detail;size:255" json:"detail"`                   // 详细地址
	Zip       string  `gorm:"column:zip;size:16" json:"zip"`                          // 邮编
	Lat       float64 `gorm:"column:lat" json:"lat"`                                  // 纬度
	Lng       float64 `gorm:"column:lng" json:"lng"`                                  // 经度
	IsDefault bool    `gorm:"column:is_default" json:"is_default"`                    // 默认地址
	basemodel.Timestamps
}

// TableName implements schema.Tabler.
func (Address) TableName() string { return "t_user_address" }

// OwnedBy guards against horizontal privilege escalation (越权).
func (m *Address) OwnedBy(userID int64) bool { return m != nil && m.UserID == userID }
