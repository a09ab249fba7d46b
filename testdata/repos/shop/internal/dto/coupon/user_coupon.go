package coupon

import (
	"time"

	"github.com/acme/shop/internal/dto/page"
	couponmodel "github.com/acme/shop/internal/model/coupon"
	"github.com/acme/shop/pkg/timex"
)

// ListUserCouponReq is bound from the query string.
type ListUserCouponReq struct {
	TemplateID int64  `form:"template_id"`
	UserID     int64  `form:"user_id"`
	CouponNo   string `form:"coupon_no"`
	Status     []int8 `form:"status"`
	From       string `form:"from" binding:"omitempty,datetime=2006-01-02"`
	To         string `form:"to" binding:"omitempty,datetime=2006-01-02"`
	page.Query
}

// UserCouponResp is what leaves the building; columns that are not listed stay inside.
type UserCouponResp struct {
	ID         int64      `json:"id,string"`
	TemplateID int64      `json:"template_id"`
	UserID     int64      `json:"user_id"`
	CouponNo   string     `json:"coupon_no"`
	OrderNo    string     `json:"order_no"`
	ReceivedAt time.Time  `json:"received_at"`
	UsedAt     *time.Time `json:"used_at,omitempty"`
	ExpireAt   time.Time  `json:"expire_at"`
	Status     int8       `json:"status"`
	StatusText string     `json:"status_text"`
	CreatedAt  string     `json:"created_at"`
}

func FromUserCoupon(m *couponmodel.UserCoupon) *UserCouponResp {
	if m == nil {
		return nil
	}
	return &UserCouponResp{
		ID:         m.ID,
		TemplateID: m.TemplateID,
		UserID:     m.UserID,
		CouponNo:   m.CouponNo,
		OrderNo:    m.OrderNo,
		ReceivedAt: m.ReceivedAt,
		UsedAt:     m.UsedAt,
		ExpireAt:   m.ExpireAt,
		Status:     int8(m.Status),
		StatusText: m.Status.String(),
		CreatedAt:  timex.Format(m.CreatedAt),
	}
}

func FromUserCoupons(ms []*couponmodel.UserCoupon) []*UserCouponResp {
	out := make([]*UserCouponResp, 0, len(ms))
	for _, m := range ms {
		out = append(out, FromUserCoupon(m))
	}
	return out
}
