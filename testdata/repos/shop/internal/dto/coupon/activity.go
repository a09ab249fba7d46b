package coupon

import (
	"time"

	"github.com/acme/shop/internal/dto/page"
	couponmodel "github.com/acme/shop/internal/model/coupon"
	"github.com/acme/shop/pkg/money"
	"github.com/acme/shop/pkg/timex"
)

// CreateActivityReq 新建促销活动.
type CreateActivityReq struct {
	Name     string       `json:"name" binding:"required,max=64"`  // 名称
	Kind     string       `json:"kind" binding:"required,max=16"`  // 类型 flash/full/bundle
	ShopID   int64        `json:"shop_id" binding:"gte=0"`         // 店铺
	RuleJSON string       `json:"rule_json"`                       // 规则 JSON
	Budget   money.Amount `json:"budget"`                          // 预算(分)
	Owner    string       `json:"owner" binding:"required,max=64"` // 负责人
}

// UpdateActivityReq carries only what the caller wants to change.
type UpdateActivityReq struct {
	ID       int64         `json:"-" uri:"id"`
	Name     *string       `json:"name"`
	RuleJSON *string       `json:"rule_json"`
	Budget   *money.Amount `json:"budget"`
	Owner    *string       `json:"owner"`
}

// ListActivityReq is bound from the query string.
type ListActivityReq struct {
	ActivityNo string `form:"activity_no"`
	Name       string `form:"name"`
	Kind       string `form:"kind"`
	ShopID     int64  `form:"shop_id"`
	Status     []int8 `form:"status"`
	From       string `form:"from" binding:"omitempty,datetime=2006-01-02"`
	To         string `form:"to" binding:"omitempty,datetime=2006-01-02"`
	page.Query
}

// ActivityResp is what leaves the building; columns that are not listed stay inside.
type ActivityResp struct {
	ID         int64        `json:"id,string"`
	ActivityNo string       `json:"activity_no"`
	Name       string       `json:"name"`
	Kind       string       `json:"kind"`
	ShopID     int64        `json:"shop_id"`
	RuleJSON   string       `json:"rule_json"`
	Budget     money.Amount `json:"budget"`
	Spent      money.Amount `json:"spent"`
	StartAt    time.Time    `json:"start_at"`
	EndAt      time.Time    `json:"end_at"`
	Owner      string       `json:"owner"`
	Status     int8         `json:"status"`
	StatusText string       `json:"status_text"`
	CreatedAt  string       `json:"created_at"`
}

func FromActivity(m *couponmodel.Activity) *ActivityResp {
	if m == nil {
		return nil
	}
	return &ActivityResp{
		ID:         m.ID,
		ActivityNo: m.ActivityNo,
		Name:       m.Name,
		Kind:       m.Kind,
		ShopID:     m.ShopID,
		RuleJSON:   m.RuleJSON,
		Budget:     m.Budget,
		Spent:      m.Spent,
		StartAt:    m.StartAt,
		EndAt:      m.EndAt,
		Owner:      m.Owner,
		Status:     int8(m.Status),
		StatusText: m.Status.String(),
		CreatedAt:  timex.Format(m.CreatedAt),
	}
}

func FromActivitys(ms []*couponmodel.Activity) []*ActivityResp {
	out := make([]*ActivityResp, 0, len(ms))
	for _, m := range ms {
		out = append(out, FromActivity(m))
	}
	return out
}
