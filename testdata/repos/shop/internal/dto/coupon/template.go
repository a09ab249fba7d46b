package coupon

import (
	"time"

	"github.com/acme/shop/internal/dto/page"
	couponmodel "github.com/acme/shop/internal/model/coupon"
	"github.com/acme/shop/pkg/money"
	"github.com/acme/shop/pkg/timex"
)

// CreateTemplateReq 新建券模板.
type CreateTemplateReq struct {
	Name         string       `json:"name" binding:"required,max=64"`       // 名称
	Kind         string       `json:"kind" binding:"required,max=16"`       // 类型 cash/percent/freight/gift
	Threshold    money.Amount `json:"threshold"`                            // 门槛(分)
	FaceValue    money.Amount `json:"face_value"`                           // 面额(分)
	PercentOff   int32        `json:"percent_off" binding:"gte=0"`          // 折扣(%)
	MaxDiscount  money.Amount `json:"max_discount"`                         // 封顶(分)
	TotalCount   int64        `json:"total_count" binding:"gte=0"`          // 发行量
	PerUserLimit int32        `json:"per_user_limit" binding:"gte=0"`       // 每人限领
	ScopeKind    string       `json:"scope_kind" binding:"required,max=16"` // 适用范围
	ScopeIDs     string       `json:"scope_i_ds"`                           // 适用对象 JSON
}

// UpdateTemplateReq carries only what the caller wants to change.
type UpdateTemplateReq struct {
	ID           int64         `json:"-" uri:"id"`
	Name         *string       `json:"name"`
	Threshold    *money.Amount `json:"threshold"`
	FaceValue    *money.Amount `json:"face_value"`
	PercentOff   *int32        `json:"percent_off"`
	MaxDiscount  *money.Amount `json:"max_discount"`
	TotalCount   *int64        `json:"total_count"`
	PerUserLimit *int32        `json:"per_user_limit"`
	ScopeKind    *string       `json:"scope_kind"`
	ScopeIDs     *string       `json:"scope_i_ds"`
}

// ListTemplateReq is bound from the query string.
type ListTemplateReq struct {
	TemplateNo string `form:"template_no"`
	Name       string `form:"name"`
	Kind       string `form:"kind"`
	Status     []int8 `form:"status"`
	From       string `form:"from" binding:"omitempty,datetime=2006-01-02"`
	To         string `form:"to" binding:"omitempty,datetime=2006-01-02"`
	page.Query
}

// TemplateResp is what leaves the building; columns that are not listed stay inside.
type TemplateResp struct {
	ID           int64        `json:"id,string"`
	TemplateNo   string       `json:"template_no"`
	Name         string       `json:"name"`
	Kind         string       `json:"kind"`
	Threshold    money.Amount `json:"threshold"`
	FaceValue    money.Amount `json:"face_value"`
	PercentOff   int32        `json:"percent_off"`
	MaxDiscount  money.Amount `json:"max_discount"`
	TotalCount   int64        `json:"total_count"`
	IssuedCount  int64        `json:"issued_count"`
	UsedCount    int64        `json:"used_count"`
	PerUserLimit int32        `json:"per_user_limit"`
	ScopeKind    string       `json:"scope_kind"`
	ScopeIDs     string       `json:"scope_i_ds"`
	ValidFrom    time.Time    `json:"valid_from"`
	ValidTo      time.Time    `json:"valid_to"`
	Status       int8         `json:"status"`
	StatusText   string       `json:"status_text"`
	CreatedAt    string       `json:"created_at"`
}

func FromTemplate(m *couponmodel.Template) *TemplateResp {
	if m == nil {
		return nil
	}
	return &TemplateResp{
		ID:           m.ID,
		TemplateNo:   m.TemplateNo,
		Name:         m.Name,
		Kind:         m.Kind,
		Threshold:    m.Threshold,
		FaceValue:    m.FaceValue,
		PercentOff:   m.PercentOff,
		MaxDiscount:  m.MaxDiscount,
		TotalCount:   m.TotalCount,
		IssuedCount:  m.IssuedCount,
		UsedCount:    m.UsedCount,
		PerUserLimit: m.PerUserLimit,
		ScopeKind:    m.ScopeKind,
		ScopeIDs:     m.ScopeIDs,
		ValidFrom:    m.ValidFrom,
		ValidTo:      m.ValidTo,
		Status:       int8(m.Status),
		StatusText:   m.Status.String(),
		CreatedAt:    timex.Format(m.CreatedAt),
	}
}

func FromTemplates(ms []*couponmodel.Template) []*TemplateResp {
	out := make([]*TemplateResp, 0, len(ms))
	for _, m := range ms {
		out = append(out, FromTemplate(m))
	}
	return out
}
