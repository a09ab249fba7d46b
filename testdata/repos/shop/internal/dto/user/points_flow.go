package user

import (
	"time"

	"github.com/acme/shop/internal/dto/page"
	usermodel "github.com/acme/shop/internal/model/user"
	"github.com/acme/shop/pkg/timex"
)

// CreatePointsFlowReq 新建积分流水.
type CreatePointsFlowReq struct {
	UserID int64  `json:"user_id" binding:"gte=0"`          // 用户
	Delta  int64  `json:"delta" binding:"gte=0"`            // 变动
	Reason string `json:"reason" binding:"required,max=64"` // 原因
	BizNo  string `json:"biz_no" binding:"required,max=64"` // 业务单号
}

// ListPointsFlowReq is bound from the query string.
type ListPointsFlowReq struct {
	UserID int64  `form:"user_id"`
	Reason string `form:"reason"`
	From   string `form:"from" binding:"omitempty,datetime=2006-01-02"`
	To     string `form:"to" binding:"omitempty,datetime=2006-01-02"`
	page.Query
}

// PointsFlowResp is what leaves the building; columns that are not listed stay inside.
type PointsFlowResp struct {
	ID           int64      `json:"id,string"`
	UserID       int64      `json:"user_id"`
	FlowNo       string     `json:"flow_no"`
	Delta        int64      `json:"delta"`
	BalanceAfter int64      `json:"balance_after"`
	Reason       string     `json:"reason"`
	BizNo        string     `json:"biz_no"`
	ExpireAt     *time.Time `json:"expire_at,omitempty"`
	CreatedAt    string     `json:"created_at"`
}

func FromPointsFlow(m *usermodel.PointsFlow) *PointsFlowResp {
	if m == nil {
		return nil
	}
	return &PointsFlowResp{
		ID:           m.ID,
		UserID:       m.UserID,
		FlowNo:       m.FlowNo,
		Delta:        m.Delta,
		BalanceAfter: m.BalanceAfter,
		Reason:       m.Reason,
		BizNo:        m.BizNo,
		ExpireAt:     m.ExpireAt,
		CreatedAt:    timex.Format(m.CreatedAt),
	}
}

func FromPointsFlows(ms []*usermodel.PointsFlow) []*PointsFlowResp {
	out := make([]*PointsFlowResp, 0, len(ms))
	for _, m := range ms {
		out = append(out, FromPointsFlow(m))
	}
	return out
}
