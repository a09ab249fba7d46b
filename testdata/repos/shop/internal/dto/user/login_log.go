package user

import (
	"github.com/acme/shop/internal/dto/page"
	usermodel "github.com/acme/shop/internal/model/user"
	"github.com/acme/shop/pkg/timex"
)

// ListLoginLogReq is bound from the query string.
type ListLoginLogReq struct {
	UserID int64  `form:"user_id"`
	Method string `form:"method"`
	From   string `form:"from" binding:"omitempty,datetime=2006-01-02"`
	To     string `form:"to" binding:"omitempty,datetime=2006-01-02"`
	page.Query
}

// LoginLogResp is what leaves the building; columns that are not listed stay inside.
type LoginLogResp struct {
	ID         int64  `json:"id,string"`
	UserID     int64  `json:"user_id"`
	Method     string `json:"method"`
	IP         string `json:"ip"`
	Device     string `json:"device"`
	UserAgent  string `json:"user_agent"`
	Success    bool   `json:"success"`
	FailReason string `json:"fail_reason"`
	CreatedAt  string `json:"created_at"`
}

func FromLoginLog(m *usermodel.LoginLog) *LoginLogResp {
	if m == nil {
		return nil
	}
	return &LoginLogResp{
		ID:         m.ID,
		UserID:     m.UserID,
		Method:     m.Method,
		IP:         m.IP,
		Device:     m.Device,
		UserAgent:  m.UserAgent,
		Success:    m.Success,
		FailReason: m.FailReason,
		CreatedAt:  timex.Format(m.CreatedAt),
	}
}

func FromLoginLogs(ms []*usermodel.LoginLog) []*LoginLogResp {
	out := make([]*LoginLogResp, 0, len(ms))
	for _, m := range ms {
		out = append(out, FromLoginLog(m))
	}
	return out
}
