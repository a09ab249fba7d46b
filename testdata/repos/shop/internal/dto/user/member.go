package user

import (
	"time"

	"github.com/acme/shop/internal/dto/page"
	usermodel "github.com/acme/shop/internal/model/user"
	"github.com/acme/shop/pkg/timex"
)

// CreateMemberReq 新建会员.
type CreateMemberReq struct {
	UserID       int64  `json:"user_id" binding:"gte=0"`                  // 用户
	Level        int16  `json:"level"`                                    // 等级
	CardNo       string `json:"card_no" binding:"required,max=32"`        // 会员卡号
	AutoRenew    bool   `json:"auto_renew"`                               // 自动续费
	RenewChannel string `json:"renew_channel" binding:"omitempty,max=16"` // 续费渠道
}

// UpdateMemberReq carries only what the caller wants to change.
type UpdateMemberReq struct {
	ID           int64   `json:"-" uri:"id"`
	Level        *int16  `json:"level"`
	AutoRenew    *bool   `json:"auto_renew"`
	RenewChannel *string `json:"renew_channel"`
}

// ListMemberReq is bound from the query string.
type ListMemberReq struct {
	UserID int64  `form:"user_id"`
	Level  int16  `form:"level"`
	Status []int8 `form:"status"`
	From   string `form:"from" binding:"omitempty,datetime=2006-01-02"`
	To     string `form:"to" binding:"omitempty,datetime=2006-01-02"`
	page.Query
}

// MemberResp is what leaves the building; columns that are not listed stay inside.
type MemberResp struct {
	ID           int64     `json:"id,string"`
	UserID       int64     `json:"user_id"`
	Level        int16     `json:"level"`
	GrowthValue  int64     `json:"growth_value"`
	CardNo       string    `json:"card_no"`
	ValidFrom    time.Time `json:"valid_from"`
	ValidTo      time.Time `json:"valid_to"`
	AutoRenew    bool      `json:"auto_renew"`
	RenewChannel string    `json:"renew_channel"`
	Status       int8      `json:"status"`
	StatusText   string    `json:"status_text"`
	CreatedAt    string    `json:"created_at"`
}

func FromMember(m *usermodel.Member) *MemberResp {
	if m == nil {
		return nil
	}
	return &MemberResp{
		ID:           m.ID,
		UserID:       m.UserID,
		Level:        m.Level,
		GrowthValue:  m.GrowthValue,
		CardNo:       m.CardNo,
		ValidFrom:    m.ValidFrom,
		ValidTo:      m.ValidTo,
		AutoRenew:    m.AutoRenew,
		RenewChannel: m.RenewChannel,
		Status:       int8(m.Status),
		StatusText:   m.Status.String(),
		CreatedAt:    timex.Format(m.CreatedAt),
	}
}

func FromMembers(ms []*usermodel.Member) []*MemberResp {
	out := make([]*MemberResp, 0, len(ms))
	for _, m := range ms {
		out = append(out, FromMember(m))
	}
	return out
}
