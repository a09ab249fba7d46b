package inventory

import (
	"github.com/acme/shop/internal/dto/page"
	invmodel "github.com/acme/shop/internal/model/inventory"
	"github.com/acme/shop/pkg/money"
	"github.com/acme/shop/pkg/timex"
)

// ListSkuReq is bound from the query string.
type ListSkuReq struct {
	SpuID   int64  `form:"spu_id"`
	SkuNo   string `form:"sku_no"`
	Barcode string `form:"barcode"`
	From    string `form:"from" binding:"omitempty,datetime=2006-01-02"`
	To      string `form:"to" binding:"omitempty,datetime=2006-01-02"`
	page.Query
}

// SkuResp is what leaves the building; columns that are not listed stay inside.
type SkuResp struct {
	ID          int64        `json:"id,string"`
	SpuID       int64        `json:"spu_id"`
	SkuNo       string       `json:"sku_no"`
	Barcode     string       `json:"barcode"`
	Spec        string       `json:"spec"`
	Price       money.Amount `json:"price"`
	MarketPrice money.Amount `json:"market_price"`
	Weight      int32        `json:"weight"`
	Image       string       `json:"image"`
	Enabled     bool         `json:"enabled"`
	CreatedAt   string       `json:"created_at"`
}

func FromSku(m *invmodel.Sku) *SkuResp {
	if m == nil {
		return nil
	}
	return &SkuResp{
		ID:          m.ID,
		SpuID:       m.SpuID,
		SkuNo:       m.SkuNo,
		Barcode:     m.Barcode,
		Spec:        m.Spec,
		Price:       m.Price,
		MarketPrice: m.MarketPrice,
		Weight:      m.Weight,
		Image:       m.Image,
		Enabled:     m.Enabled,
		CreatedAt:   timex.Format(m.CreatedAt),
	}
}

func FromSkus(ms []*invmodel.Sku) []*SkuResp {
	out := make([]*SkuResp, 0, len(ms))
	for _, m := range ms {
		out = append(out, FromSku(m))
	}
	return out
}
