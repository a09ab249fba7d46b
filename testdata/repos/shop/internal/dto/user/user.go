package user

import (
	"time"

	"github.com/acme/shop/internal/dto/page"
	usermodel "github.com/acme/shop/internal/model/user"
	"github.com/acme/shop/pkg/crypto"
	"github.com/acme/shop/pkg/timex"
)

// ListUserReq is bound from the query string.
type ListUserReq struct {
	Phone          string `form:"phone"`
	Nickname       string `form:"nickname"`
	Email          string `form:"email"`
	Level          int16  `form:"level"`
	Country        string `form:"country"`
	RegisterSource string `form:"register_source"`
	Status         []int8 `form:"status"`
	From           string `form:"from" binding:"omitempty,datetime=2006-01-02"`
	To             string `form:"to" binding:"omitempty,datetime=2006-01-02"`
	page.Query
}

// UserResp is what leaves the building; columns that are not listed stay inside.
type UserResp struct {
	ID             int64      `json:"id,string"`
	Phone          string     `json:"phone"`
	Nickname       string     `json:"nickname"`
	Avatar         string     `json:"avatar"`
	Email          string     `json:"email"`
	Gender         int16      `json:"gender"`
	Birthday       *time.Time `json:"birthday,omitempty"`
	Level          int16      `json:"level"`
	Points         int64      `json:"points"`
	Lang           string     `json:"lang"`
	Country        string     `json:"country"`
	RegisterSource string     `json:"register_source"`
	LastLoginAt    *time.Time `json:"last_login_at,omitempty"`
	Status         int8       `json:"status"`
	StatusText     string     `json:"status_text"`
	CreatedAt      string     `json:"created_at"`
}

func FromUser(m *usermodel.User) *UserResp {
	if m == nil {
		return nil
	}
	return &UserResp{
		ID:             m.ID,
		Phone:          crypto.MaskPhone(m.Phone),
		Nickname:       m.Nickname,
		Avatar:         m.Avatar,
		Email:          m.Email,
		Gender:         m.Gender,
		Birthday:       m.Birthday,
		Level:          m.Level,
		Points:         m.Points,
		Lang:           m.Lang,
		Country:        m.Country,
		RegisterSource: m.RegisterSource,
		LastLoginAt:    m.LastLoginAt,
		Status:         int8(m.Status),
		StatusText:     m.Status.String(),
		CreatedAt:      timex.Format(m.CreatedAt),
	}
}

func FromUsers(ms []*usermodel.User) []*UserResp {
	out := make([]*UserResp, 0, len(ms))
	for _, m := range ms {
		out = append(out, FromUser(m))
	}
	return out
}
