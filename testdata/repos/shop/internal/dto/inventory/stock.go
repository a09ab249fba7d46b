package inventory

import (
	"github.com/acme/shop/internal/dto/page"
	invmodel "github.com/acme/shop/internal/model/inventory"
	"github.com/acme/shop/pkg/timex"
)

// ListStockReq is bound from the query string.
type ListStockReq struct {
	SkuID       int64  `form:"sku_id"`
	WarehouseID int64  `form:"warehouse_id"`
	SafetyLine  int64  `form:"safety_line"`
	From        string `form:"from" binding:"omitempty,datetime=2006-01-02"`
	To          string `form:"to" binding:"omitempty,datetime=2006-01-02"`
	page.Query
}

// StockResp is what leaves the building; columns that are not listed stay inside.
type StockResp struct {
	ID          int64  `json:"id,string"`
	SkuID       int64  `json:"sku_id"`
	WarehouseID int64  `json:"warehouse_id"`
	Total       int64  `json:"total"`
	Locked      int64  `json:"locked"`
	Available   int64  `json:"available"`
	SafetyLine  int64  `json:"safety_line"`
	CreatedAt   string `json:"created_at"`
}

func FromStock(m *invmodel.Stock) *StockResp {
	if m == nil {
		return nil
	}
	return &StockResp{
		ID:          m.ID,
		SkuID:       m.SkuID,
		WarehouseID: m.WarehouseID,
		Total:       m.Total,
		Locked:      m.Locked,
		Available:   m.Available,
		SafetyLine:  m.SafetyLine,
		CreatedAt:   timex.Format(m.CreatedAt),
	}
}

func FromStocks(ms []*invmodel.Stock) []*StockResp {
	out := make([]*StockResp, 0, len(ms))
	for _, m := range ms {
		out = append(out, FromStock(m))
	}
	return out
}
