package order

import (
	"time"

	"github.com/acme/shop/internal/dto/page"
	ordermodel "github.com/acme/shop/internal/model/order"
	"github.com/acme/shop/pkg/money"
	"github.com/acme/shop/pkg/timex"
)

// CreateAfterSaleReq 新建售后单.
type CreateAfterSaleReq struct {
	OrderID     int64  `json:"order_id" binding:"gte=0"`                // 订单
	ItemID      int64  `json:"item_id" binding:"gte=0"`                 // 明细
	Kind        string `json:"kind" binding:"required,max=16"`          // 类型 refund/return/exchange
	Reason      string `json:"reason" binding:"required,max=64"`        // 原因
	Description string `json:"description" binding:"omitempty,max=512"` // 描述
	Quantity    int32  `json:"quantity" binding:"gte=0"`                // 数量
}

// UpdateAfterSaleReq carries only what the caller wants to change.
type UpdateAfterSaleReq struct {
	ID            int64   `json:"-" uri:"id"`
	Reason        *string `json:"reason"`
	Description   *string `json:"description"`
	Quantity      *int32  `json:"quantity"`
	ReturnWaybill *string `json:"return_waybill"`
}

// ListAfterSaleReq is bound from the query string.
type ListAfterSaleReq struct {
	AfterSaleNo string `form:"after_sale_no"`
	OrderID     int64  `form:"order_id"`
	UserID      int64  `form:"user_id"`
	Kind        string `form:"kind"`
	Status      []int8 `form:"status"`
	From        string `form:"from" binding:"omitempty,datetime=2006-01-02"`
	To          string `form:"to" binding:"omitempty,datetime=2006-01-02"`
	page.Query
}

// AfterSaleResp is what leaves the building; columns that are not listed stay inside.
type AfterSaleResp struct {
	ID            int64        `json:"id,string"`
	AfterSaleNo   string       `json:"after_sale_no"`
	OrderID       int64        `json:"order_id"`
	ItemID        int64        `json:"item_id"`
	UserID        int64        `json:"user_id"`
	Kind          string       `json:"kind"`
	Reason        string       `json:"reason"`
	Description   string       `json:"description"`
	Quantity      int32        `json:"quantity"`
	Amount        money.Amount `json:"amount"`
	ReturnWaybill string       `json:"return_waybill"`
	AuditBy       string       `json:"audit_by"`
	AuditRemark   string       `json:"audit_remark"`
	AuditedAt     *time.Time   `json:"audited_at,omitempty"`
	Status        int8         `json:"status"`
	StatusText    string       `json:"status_text"`
	CreatedAt     string       `json:"created_at"`
}

func FromAfterSale(m *ordermodel.AfterSale) *AfterSaleResp {
	if m == nil {
		return nil
	}
	return &AfterSaleResp{
		ID:            m.ID,
		AfterSaleNo:   m.AfterSaleNo,
		OrderID:       m.OrderID,
		ItemID:        m.ItemID,
		UserID:        m.UserID,
		Kind:          m.Kind,
		Reason:        m.Reason,
		Description:   m.Description,
		Quantity:      m.Quantity,
		Amount:        m.Amount,
		ReturnWaybill: m.ReturnWaybill,
		AuditBy:       m.AuditBy,
		AuditRemark:   m.AuditRemark,
		AuditedAt:     m.AuditedAt,
		Status:        int8(m.Status),
		StatusText:    m.Status.String(),
		CreatedAt:     timex.Format(m.CreatedAt),
	}
}

func FromAfterSales(ms []*ordermodel.AfterSale) []*AfterSaleResp {
	out := make([]*AfterSaleResp, 0, len(ms))
	for _, m := range ms {
		out = append(out, FromAfterSale(m))
	}
	return out
}
