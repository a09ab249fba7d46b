package inventory

import (
	"time"

	"github.com/acme/shop/internal/dto/page"
	invmodel "github.com/acme/shop/internal/model/inventory"
	"github.com/acme/shop/pkg/timex"
)

// CreateStocktakeReq 新建盘点单.
type CreateStocktakeReq struct {
	WarehouseID int64  `json:"warehouse_id" binding:"gte=0"`       // 仓库
	Scope       string `json:"scope" binding:"required,max=16"`    // 范围 full/cycle/spot
	Planner     string `json:"planner" binding:"required,max=64"`  // 计划人
	Remark      string `json:"remark" binding:"omitempty,max=255"` // 备注
}

// UpdateStocktakeReq carries only what the caller wants to change.
type UpdateStocktakeReq struct {
	ID      int64   `json:"-" uri:"id"`
	Scope   *string `json:"scope"`
	Planner *string `json:"planner"`
	Remark  *string `json:"remark"`
}

// ListStocktakeReq is bound from the query string.
type ListStocktakeReq struct {
	TakeNo      string `form:"take_no"`
	WarehouseID int64  `form:"warehouse_id"`
	Status      []int8 `form:"status"`
	From        string `form:"from" binding:"omitempty,datetime=2006-01-02"`
	To          string `form:"to" binding:"omitempty,datetime=2006-01-02"`
	page.Query
}

// StocktakeResp is what leaves the building; columns that are not listed stay inside.
type StocktakeResp struct {
	ID          int64      `json:"id,string"`
	TakeNo      string     `json:"take_no"`
	WarehouseID int64      `json:"warehouse_id"`
	Scope       string     `json:"scope"`
	Planner     string     `json:"planner"`
	BookQty     int64      `json:"book_qty"`
	CountQty    int64      `json:"count_qty"`
	GainQty     int64      `json:"gain_qty"`
	LossQty     int64      `json:"loss_qty"`
	Remark      string     `json:"remark"`
	StartedAt   *time.Time `json:"started_at,omitempty"`
	FinishedAt  *time.Time `json:"finished_at,omitempty"`
	Status      int8       `json:"status"`
	StatusText  string     `json:"status_text"`
	CreatedAt   string     `json:"created_at"`
}

func FromStocktake(m *invmodel.Stocktake) *StocktakeResp {
	if m == nil {
		return nil
	}
	return &StocktakeResp{
		ID:          m.ID,
		TakeNo:      m.TakeNo,
		WarehouseID: m.WarehouseID,
		Scope:       m.Scope,
		Planner:     m.Planner,
		BookQty:     m.BookQty,
		CountQty:    m.CountQty,
		GainQty:     m.GainQty,
		LossQty:     m.LossQty,
		Remark:      m.Remark,
		StartedAt:   m.StartedAt,
		FinishedAt:  m.FinishedAt,
		Status:      int8(m.Status),
		StatusText:  m.Status.String(),
		CreatedAt:   timex.Format(m.CreatedAt),
	}
}

func FromStocktakes(ms []*invmodel.Stocktake) []*StocktakeResp {
	out := make([]*StocktakeResp, 0, len(ms))
	for _, m := range ms {
		out = append(out, FromStocktake(m))
	}
	return out
}
