package order

import (
	"github.com/acme/shop/internal/dto/page"
	ordermodel "github.com/acme/shop/internal/model/order"
	"github.com/acme/shop/pkg/timex"
)

// ListLogReq is bound from the query string.
type ListLogReq struct {
	OrderID  int64  `form:"order_id"`
	Operator string `form:"operator"`
	Action   string `form:"action"`
	From     string `form:"from" binding:"omitempty,datetime=2006-01-02"`
	To       string `form:"to" binding:"omitempty,datetime=2006-01-02"`
	page.Query
}

// LogResp is what leaves the building; columns that are not listed stay inside.
type LogResp struct {
	ID         int64  `json:"id,string"`
	OrderID    int64  `json:"order_id"`
	Operator   string `json:"operator"`
	Action     string `json:"action"`
	FromStatus int16  `json:"from_status"`
	ToStatus   int16  `json:"to_status"`
	Detail     string `json:"detail"`
	CreatedAt  string `json:"created_at"`
}

func FromLog(m *ordermodel.Log) *LogResp {
	if m == nil {
		return nil
	}
	return &LogResp{
		ID:         m.ID,
		OrderID:    m.OrderID,
		Operator:   m.Operator,
		Action:     m.Action,
		FromStatus: m.FromStatus,
		ToStatus:   m.ToStatus,
		Detail:     m.Detail,
		CreatedAt:  timex.Format(m.CreatedAt),
	}
}

func FromLogs(ms []*ordermodel.Log) []*LogResp {
	out := make([]*LogResp, 0, len(ms))
	for _, m := range ms {
		out = append(out, FromLog(m))
	}
	return out
}
