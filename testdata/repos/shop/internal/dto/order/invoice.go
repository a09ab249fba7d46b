package order

import (
	"time"

	"github.com/acme/shop/internal/dto/page"
	ordermodel "github.com/acme/shop/internal/model/order"
	"github.com/acme/shop/pkg/money"
	"github.com/acme/shop/pkg/timex"
)

// CreateInvoiceReq 新建发票.
type CreateInvoiceReq struct {
	OrderID int64  `json:"order_id" binding:"gte=0"`          // 订单
	Kind    string `json:"kind" binding:"required,max=16"`    // 类型 personal/company/vat
	Title   string `json:"title" binding:"required,max=128"`  // 抬头
	TaxNo   string `json:"tax_no" binding:"omitempty,max=32"` // 税号
	Email   string `json:"email" binding:"omitempty,max=128"` // 接收邮箱
}

// UpdateInvoiceReq carries only what the caller wants to change.
type UpdateInvoiceReq struct {
	ID    int64   `json:"-" uri:"id"`
	Kind  *string `json:"kind"`
	Title *string `json:"title"`
	TaxNo *string `json:"tax_no"`
	Email *string `json:"email"`
}

// ListInvoiceReq is bound from the query string.
type ListInvoiceReq struct {
	OrderID int64  `form:"order_id"`
	UserID  int64  `form:"user_id"`
	Status  []int8 `form:"status"`
	From    string `form:"from" binding:"omitempty,datetime=2006-01-02"`
	To      string `form:"to" binding:"omitempty,datetime=2006-01-02"`
	page.Query
}

// InvoiceResp is what leaves the building; columns that are not listed stay inside.
type InvoiceResp struct {
	ID         int64        `json:"id,string"`
	OrderID    int64        `json:"order_id"`
	UserID     int64        `json:"user_id"`
	Kind       string       `json:"kind"`
	Title      string       `json:"title"`
	TaxNo      string       `json:"tax_no"`
	Amount     money.Amount `json:"amount"`
	Email      string       `json:"email"`
	PdfURL     string       `json:"pdf_url"`
	FailReason string       `json:"fail_reason"`
	IssuedAt   *time.Time   `json:"issued_at,omitempty"`
	Status     int8         `json:"status"`
	StatusText string       `json:"status_text"`
	CreatedAt  string       `json:"created_at"`
}

func FromInvoice(m *ordermodel.Invoice) *InvoiceResp {
	if m == nil {
		return nil
	}
	return &InvoiceResp{
		ID:         m.ID,
		OrderID:    m.OrderID,
		UserID:     m.UserID,
		Kind:       m.Kind,
		Title:      m.Title,
		TaxNo:      m.TaxNo,
		Amount:     m.Amount,
		Email:      m.Email,
		PdfURL:     m.PdfURL,
		FailReason: m.FailReason,
		IssuedAt:   m.IssuedAt,
		Status:     int8(m.Status),
		StatusText: m.Status.String(),
		CreatedAt:  timex.Format(m.CreatedAt),
	}
}

func FromInvoices(ms []*ordermodel.Invoice) []*InvoiceResp {
	out := make([]*InvoiceResp, 0, len(ms))
	for _, m := range ms {
		out = append(out, FromInvoice(m))
	}
	return out
}
