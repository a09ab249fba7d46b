package shipping

import (
	"github.com/acme/shop/internal/dto/page"
	shipmodel "github.com/acme/shop/internal/model/shipping"
	"github.com/acme/shop/pkg/money"
	"github.com/acme/shop/pkg/timex"
)

// ListFreightTemplateReq is bound from the query string.
type ListFreightTemplateReq struct {
	Name       string `form:"name"`
	ShopID     int64  `form:"shop_id"`
	ChargeKind string `form:"charge_kind"`
	From       string `form:"from" binding:"omitempty,datetime=2006-01-02"`
	To         string `form:"to" binding:"omitempty,datetime=2006-01-02"`
	page.Query
}

// FreightTemplateResp is what leaves the building; columns that are not listed stay inside.
type FreightTemplateResp struct {
	ID            int64        `json:"id,string"`
	Name          string       `json:"name"`
	ShopID        int64        `json:"shop_id"`
	ChargeKind    string       `json:"charge_kind"`
	FreeThreshold money.Amount `json:"free_threshold"`
	FirstUnit     int32        `json:"first_unit"`
	FirstFee      money.Amount `json:"first_fee"`
	NextUnit      int32        `json:"next_unit"`
	NextFee       money.Amount `json:"next_fee"`
	RegionJSON    string       `json:"region_json"`
	CreatedAt     string       `json:"created_at"`
}

func FromFreightTemplate(m *shipmodel.FreightTemplate) *FreightTemplateResp {
	if m == nil {
		return nil
	}
	return &FreightTemplateResp{
		ID:            m.ID,
		Name:          m.Name,
		ShopID:        m.ShopID,
		ChargeKind:    m.ChargeKind,
		FreeThreshold: m.FreeThreshold,
		FirstUnit:     m.FirstUnit,
		FirstFee:      m.FirstFee,
		NextUnit:      m.NextUnit,
		NextFee:       m.NextFee,
		RegionJSON:    m.RegionJSON,
		CreatedAt:     timex.Format(m.CreatedAt),
	}
}

func FromFreightTemplates(ms []*shipmodel.FreightTemplate) []*FreightTemplateResp {
	out := make([]*FreightTemplateResp, 0, len(ms))
	for _, m := range ms {
		out = append(out, FromFreightTemplate(m))
	}
	return out
}
