package payment

import (
	"github.com/acme/shop/internal/dto/page"
	paymodel "github.com/acme/shop/internal/model/payment"
	"github.com/acme/shop/pkg/money"
	"github.com/acme/shop/pkg/timex"
)

// CreateBillReq 新建对账单.
type CreateBillReq struct {
	BillDate    string `json:"bill_date" binding:"required,max=10"`    // 账单日
	ChannelCode string `json:"channel_code" binding:"required,max=16"` // 渠道
	FileURL     string `json:"file_url" binding:"required,max=255"`    // 账单文件
}

// UpdateBillReq carries only what the caller wants to change.
type UpdateBillReq struct {
	ID      int64   `json:"-" uri:"id"`
	FileURL *string `json:"file_url"`
	Handler *string `json:"handler"`
}

// ListBillReq is bound from the query string.
type ListBillReq struct {
	BillDate    string `form:"bill_date"`
	ChannelCode string `form:"channel_code"`
	Status      []int8 `form:"status"`
	From        string `form:"from" binding:"omitempty,datetime=2006-01-02"`
	To          string `form:"to" binding:"omitempty,datetime=2006-01-02"`
	page.Query
}

// BillResp is what leaves the building; columns that are not listed stay inside.
type BillResp struct {
	ID          int64        `json:"id,string"`
	BillDate    string       `json:"bill_date"`
	ChannelCode string       `json:"channel_code"`
	FileURL     string       `json:"file_url"`
	OurCount    int64        `json:"our_count"`
	OurAmount   money.Amount `json:"our_amount"`
	TheirCount  int64        `json:"their_count"`
	TheirAmount money.Amount `json:"their_amount"`
	DiffCount   int64        `json:"diff_count"`
	DiffDetail  string       `json:"diff_detail"`
	Handler     string       `json:"handler"`
	Status      int8         `json:"status"`
	StatusText  string       `json:"status_text"`
	CreatedAt   string       `json:"created_at"`
}

func FromBill(m *paymodel.Bill) *BillResp {
	if m == nil {
		return nil
	}
	return &BillResp{
		ID:          m.ID,
		BillDate:    m.BillDate,
		ChannelCode: m.ChannelCode,
		FileURL:     m.FileURL,
		OurCount:    m.OurCount,
		OurAmount:   m.OurAmount,
		TheirCount:  m.TheirCount,
		TheirAmount: m.TheirAmount,
		DiffCount:   m.DiffCount,
		DiffDetail:  m.DiffDetail,
		Handler:     m.Handler,
		Status:      int8(m.Status),
		StatusText:  m.Status.String(),
		CreatedAt:   timex.Format(m.CreatedAt),
	}
}

func FromBills(ms []*paymodel.Bill) []*BillResp {
	out := make([]*BillResp, 0, len(ms))
	for _, m := range ms {
		out = append(out, FromBill(m))
	}
	return out
}
