package user

import (
	"github.com/acme/shop/internal/dto/page"
	usermodel "github.com/acme/shop/internal/model/user"
	"github.com/acme/shop/pkg/crypto"
	"github.com/acme/shop/pkg/timex"
)

// CreateAddressReq 新建收货地址.
type CreateAddressReq struct {
	Receiver  string `json:"receiver" binding:"required,max=64"`      // 收货人
	Phone     string `json:"phone" binding:"required,max=20,cnphone"` // 电话
	Country   string `json:"country" binding:"required,max=8"`        // 国家
	Province  string `json:"province" binding:"required,max=32"`      // 省
	City      string `json:"city" binding:"required,max=32"`          // 市
	District  string `json:"district" binding:"required,max=32"`      // 区
	Detail    string `json:"detail" binding:"required,max=255"`       // 详细地址
	Zip       string `json:"zip" binding:"omitempty,max=16"`          // 邮编
	IsDefault bool   `json:"is_default"`                              // 默认地址
}

// UpdateAddressReq carries only what the caller wants to change.
type UpdateAddressReq struct {
	ID        int64   `json:"-" uri:"id"`
	Receiver  *string `json:"receiver"`
	Phone     *string `json:"phone"`
	Country   *string `json:"country"`
	Province  *string `json:"province"`
	City      *string `json:"city"`
	District  *string `json:"district"`
	Detail    *string `json:"detail"`
	Zip       *string `json:"zip"`
	IsDefault *bool   `json:"is_default"`
}

// ListAddressReq is bound from the query string.
type ListAddressReq struct {
	UserID int64  `form:"user_id"`
	From   string `form:"from" binding:"omitempty,datetime=2006-01-02"`
	To     string `form:"to" binding:"omitempty,datetime=2006-01-02"`
	page.Query
}

// AddressResp is what leaves the building; columns that are not listed stay inside.
type AddressResp struct {
	ID        int64   `json:"id,string"`
	UserID    int64   `json:"user_id"`
	Receiver  string  `json:"receiver"`
	Phone     string  `json:"phone"`
	Country   string  `json:"country"`
	Province  string  `json:"province"`
	City      string  `json:"city"`
	District  string  `json:"district"`
	Detail    string  `json:"detail"`
	Zip       string  `json:"zip"`
	Lat       float64 `json:"lat"`
	Lng       float64 `json:"lng"`
	IsDefault bool    `json:"is_default"`
	CreatedAt string  `json:"created_at"`
}

func FromAddress(m *usermodel.Address) *AddressResp {
	if m == nil {
		return nil
	}
	return &AddressResp{
		ID:        m.ID,
		UserID:    m.UserID,
		Receiver:  m.Receiver,
		Phone:     crypto.MaskPhone(m.Phone),
		Country:   m.Country,
		Province:  m.Province,
		City:      m.City,
		District:  m.District,
		Detail:    m.Detail,
		Zip:       m.Zip,
		Lat:       m.Lat,
		Lng:       m.Lng,
		IsDefault: m.IsDefault,
		CreatedAt: timex.Format(m.CreatedAt),
	}
}

func FromAddresss(ms []*usermodel.Address) []*AddressResp {
	out := make([]*AddressResp, 0, len(ms))
	for _, m := range ms {
		out = append(out, FromAddress(m))
	}
	return out
}
