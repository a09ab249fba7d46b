package shipping

import (
	basemodel "github.com/acme/shop/internal/model/base"
	"github.com/acme/shop/pkg/money"
)

// FreightTemplate maps t_freight_template (运费模板(旧表)).
type FreightTemplate struct {
	ID            int64        `gorm:"column:id;primaryKey" json:"id,string"`
	Name          string       `gorm:"column:name;size:64" json:"name"`                        // 名称
	ShopID        int64        `gorm:"column:shop_id;index:idx_shop_id" json:"shop_id,string"` // 店铺
	ChargeKind    string       `gorm:"column:charge_kind;size:16" json:"charge_kind"`          // 计费方式 piece/weight/volume
	FreeThreshold money.Amount `gorm:"column:free_threshold" json:"free_threshold"`            // 包邮门槛(分)
	FirstUnit     int32        `gorm:"column:first_unit" json:"first_unit"`                    // 首件/首重
	FirstFee      money.Amount `gorm:"column:first_fee" json:"first_fee"`                      // 首费(分)
	NextUnit      int32        `gorm:"column:next_unit" json:"next_unit"`                      // 续件/续重
	NextFee       money.Amount `gorm:"column:next_fee" json:"next_fee"`                        // 续费(分)
	RegionJSON    string       `gorm:"column:region_json;type:text" json:"region_json"`        // 区域规则 JSON
	basemodel.Timestamps
}

// TableName implements schema.Tabler.
func (FreightTemplate) TableName() string { return "t_freight_template" }
