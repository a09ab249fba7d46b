package inventory

import (
	"time"

	"github.com/acme/shop/internal/dto/page"
	invmodel "github.com/acme/shop/internal/model/inventory"
	"github.com/acme/shop/pkg/timex"
)

// CreateSpuReq 新建商品.
type CreateSpuReq struct {
	SpuNo             string `json:"spu_no" binding:"required,max=32"`      // 商品编码
	Title             string `json:"title" binding:"required,max=128"`      // 标题
	SubTitle          string `json:"sub_title" binding:"omitempty,max=255"` // 副标题
	CategoryID        int64  `json:"category_id" binding:"gte=0"`           // 类目
	BrandID           int64  `json:"brand_id" binding:"gte=0"`              // 品牌
	ShopID            int64  `json:"shop_id" binding:"gte=0"`               // 店铺
	MainImage         string `json:"main_image" binding:"required,max=255"` // 主图
	DetailHTML        string `json:"detail_html"`                           // 详情
	FreightTemplateID int64  `json:"freight_template_id" binding:"gte=0"`   // 运费模板
	Weight            int32  `json:"weight" binding:"gte=0"`                // 重量(克)
}

// UpdateSpuReq carries only what the caller wants to change.
type UpdateSpuReq struct {
	ID                int64   `json:"-" uri:"id"`
	Title             *string `json:"title"`
	SubTitle          *string `json:"sub_title"`
	CategoryID        *int64  `json:"category_id"`
	BrandID           *int64  `json:"brand_id"`
	MainImage         *string `json:"main_image"`
	DetailHTML        *string `json:"detail_html"`
	FreightTemplateID *int64  `json:"freight_template_id"`
	Weight            *int32  `json:"weight"`
}

// ListSpuReq is bound from the query string.
type ListSpuReq struct {
	SpuNo      string `form:"spu_no"`
	CategoryID int64  `form:"category_id"`
	BrandID    int64  `form:"brand_id"`
	ShopID     int64  `form:"shop_id"`
	Status     []int8 `form:"status"`
	From       string `form:"from" binding:"omitempty,datetime=2006-01-02"`
	To         string `form:"to" binding:"omitempty,datetime=2006-01-02"`
	page.Query
}

// SpuResp is what leaves the building; columns that are not listed stay inside.
type SpuResp struct {
	ID                int64      `json:"id,string"`
	SpuNo             string     `json:"spu_no"`
	Title             string     `json:"title"`
	SubTitle          string     `json:"sub_title"`
	CategoryID        int64      `json:"category_id"`
	BrandID           int64      `json:"brand_id"`
	ShopID            int64      `json:"shop_id"`
	MainImage         string     `json:"main_image"`
	DetailHTML        string     `json:"detail_html"`
	FreightTemplateID int64      `json:"freight_template_id"`
	Weight            int32      `json:"weight"`
	SalesCount        int64      `json:"sales_count"`
	OnSaleAt          *time.Time `json:"on_sale_at,omitempty"`
	Status            int8       `json:"status"`
	StatusText        string     `json:"status_text"`
	CreatedAt         string     `json:"created_at"`
}

func FromSpu(m *invmodel.Spu) *SpuResp {
	if m == nil {
		return nil
	}
	return &SpuResp{
		ID:                m.ID,
		SpuNo:             m.SpuNo,
		Title:             m.Title,
		SubTitle:          m.SubTitle,
		CategoryID:        m.CategoryID,
		BrandID:           m.BrandID,
		ShopID:            m.ShopID,
		MainImage:         m.MainImage,
		DetailHTML:        m.DetailHTML,
		FreightTemplateID: m.FreightTemplateID,
		Weight:            m.Weight,
		SalesCount:        m.SalesCount,
		OnSaleAt:          m.OnSaleAt,
		Status:            int8(m.Status),
		StatusText:        m.Status.String(),
		CreatedAt:         timex.Format(m.CreatedAt),
	}
}

func FromSpus(ms []*invmodel.Spu) []*SpuResp {
	out := make([]*SpuResp, 0, len(ms))
	for _, m := range ms {
		out = append(out, FromSpu(m))
	}
	return out
}
