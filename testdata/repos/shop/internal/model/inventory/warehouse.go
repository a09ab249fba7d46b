package inventory

import basemodel "github.com/acme/shop/internal/model/base"

// Warehouse maps t_warehouse (仓库).
type Warehouse struct {
	ID       int64           `gorm:"column:id;primaryKey" json:"id,string"`
	Code     string          `gorm:"column:code;size:16;uniqueIndex:uk_code" json:"code"` // 编码
	Name     string          `gorm:"column:name;size:64" json:"name"`                     // 名称
	Kind     string          `gorm:"column:kind;size:16" json:"kind"`                     // 类型 self/third/bonded
	Country  string          `gorm:"column:country;size:8" json:"country"`                // 国家
	Province string          `gorm:"column:province;size:32" json:"province"`             // 省
	City     string          `gorm:"column:city;size:32" json:"city"`                     // 市
	Address  string          `gorm:"column:address;size:255" json:"address"`              // 地址
	Lat      float64         `gorm:"column:lat" json:"lat"`                               // 纬度
	Lng      float64         `gorm:"column:lng" json:"lng"`                               // 经度
	Contact  string          `gorm:"column:contact;size:64" json:"contact"`               // 联系人
	Phone    string          `gorm:"column:phone;size:20" json:"phone"`                   // 电话
	Priority int32           `gorm:"column:priority" json:"priority"`                     // 优先级
	Status   WarehouseStatus `gorm:"column:status;index:idx_status" json:"status"`
	basemodel.Timestamps
}

// TableName implements schema.Tabler.
func (Warehouse) TableName() string { return "t_warehouse" }
