package inventory

import (
	"github.com/acme/shop/internal/dto/page"
	invmodel "github.com/acme/shop/internal/model/inventory"
	"github.com/acme/shop/pkg/timex"
)

// ListStockFlowReq is bound from the query string.
type ListStockFlowReq struct {
	SkuID       int64  `form:"sku_id"`
	WarehouseID int64  `form:"warehouse_id"`
	BizType     string `form:"biz_type"`
	From        string `form:"from" binding:"omitempty,datetime=2006-01-02"`
	To          string `form:"to" binding:"omitempty,datetime=2006-01-02"`
	page.Query
}

// StockFlowResp is what leaves the building; columns that are not listed stay inside.
type StockFlowResp struct {
	ID             int64  `json:"id,string"`
	SkuID          int64  `json:"sku_id"`
	WarehouseID    int64  `json:"warehouse_id"`
	FlowNo         string `json:"flow_no"`
	Delta          int64  `json:"delta"`
	AfterAvailable int64  `json:"after_available"`
	BizType        string `json:"biz_type"`
	BizNo          string `json:"biz_no"`
	Operator       string `json:"operator"`
	CreatedAt      string `json:"created_at"`
}

func FromStockFlow(m *invmodel.StockFlow) *StockFlowResp {
	if m == nil {
		return nil
	}
	return &StockFlowResp{
		ID:             m.ID,
		SkuID:          m.SkuID,
		WarehouseID:    m.WarehouseID,
		FlowNo:         m.FlowNo,
		Delta:          m.Delta,
		AfterAvailable: m.AfterAvailable,
		BizType:        m.BizType,
		BizNo:          m.BizNo,
		Operator:       m.Operator,
		CreatedAt:      timex.Format(m.CreatedAt),
	}
}

func FromStockFlows(ms []*invmodel.StockFlow) []*StockFlowResp {
	out := make([]*StockFlowResp, 0, len(ms))
	for _, m := range ms {
		out = append(out, FromStockFlow(m))
	}
	return out
}
