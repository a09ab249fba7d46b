package inventory

import (
	"time"

	basemodel "github.com/acme/shop/internal/model/base"
)

// Spu maps t_spu (商品).
type Spu struct {
	ID                int64      `gorm:"column:id;primaryKey" json:"id,string"`
	SpuNo             string     `gorm:"column:spu_no;size:32;uniqueIndex:uk_spu_no" json:"spu_no"`          // 商品编码
	Title             string     `gorm:"column:title;size:128" json:"title"`                                 // 标题
	SubTitle          string     `gorm:"column:sub_title;size:255" json:"sub_title"`                         // 副标题
	CategoryID        int64      `gorm:"column:category_id;index:idx_category_id" json:"category_id,string"` // 类目
	BrandID           int64      `gorm:"column:brand_id;index:idx_brand_id" json:"brand_id,string"`          // 品牌
	ShopID            int64      `gorm:"column:shop_id;index:idx_shop_id" json:"shop_id,string"`             // 店铺
	MainImage         string     `gorm:"column:main_image;size:255" json:"main_image"`                       // 主图
	DetailHTML        string     `gorm:"column:detail_html;type:text" json:"detail_html"`                    // 详情
	FreightTemplateID int64      `gorm:"column:freight_template_id" json:"freight_template_id,string"`       // 运费模板
	Weight            int32      `gorm:"column:weight" json:"weight"`                                        // 重量(克)
	SalesCount        int64      `gorm:"column:sales_count" json:"sales_count"`                              // 销量
	OnSaleAt          *time.Time `gorm:"column:on_sale_at" json:"on_sale_at,omitempty"`                      // 上架时间
	Status            SpuStatus  `gorm:"column:status;index:idx_status" json:"status"`
	basemodel.Timestamps
}

// TableName implements schema.Tabler.
func (Spu) TableName() string { return "t_spu" }
