package coupon

import (
	"time"

	basemodel "github.com/acme/shop/internal/model/base"
	"github.com/acme/shop/pkg/money"
)

// Template maps t_coupon_template (券模板).
type Template struct {
	ID           int64          `gorm:"column:id;primaryKey" json:"id,string"`
	TemplateNo   string         `gorm:"column:template_no;size:32;uniqueIndex:uk_template_no" json:"template_no"` // 模板编码
	Name         string         `gorm:"column:name;size:64" json:"name"`                                          // 名称
	Kind         string         `gorm:"column:kind;size:16" json:"kind"`                                          // 类型 cash/percent/freight/gift
	Threshold    money.Amount   `gorm:"column:threshold" json:"threshold"`                                        // 门槛(分)
	FaceValue    money.Amount   `gorm:"column:face_value" json:"face_value"`                                      // 面额(分)
	PercentOff   int32          `gorm:"column:percent_off" json:"percent_off"`                                    // 折扣(%)
	MaxDiscount  money.Amount   `gorm:"column:max_discount" json:"max_discount"`                                  // 封顶(分)
	TotalCount   int64          `gorm:"column:total_count" json:"total_count"`                                    // 发行量
	IssuedCount  int64          `gorm:"column:issued_count" json:"issued_count"`                                  // 已发
	UsedCount    int64          `gorm:"column:used_count" json:"used_count"`                                      // 已用
	PerUserLimit int32          `gorm:"column:per_user_limit" json:"per_user_limit"`                              // 每人限领
	ScopeKind    string         `gorm:"column:scope_kind;size:16" json:"scope_kind"`                              // 适用范围
	ScopeIDs     string         `gorm:"column:scope_i_ds;type:text" json:"scope_i_ds"`                            // 适用对象 JSON
	ValidFrom    time.Time      `gorm:"column:valid_from" json:"valid_from"`                                      // 生效
	ValidTo      time.Time      `gorm:"column:valid_to" json:"valid_to"`                                          // 失效
	Status       TemplateStatus `gorm:"column:status;index:idx_status" json:"status"`
	basemodel.Timestamps
}

// TableName implements schema.Tabler.
func (Template) TableName() string { return "t_coupon_template" }

// ExpiredAt compares with the business clock, not with time.Now.
func (m *Template) ExpiredAt(now time.Time) bool {
	return !m.ValidTo.IsZero() && !now.Before(m.ValidTo)
}
