package order

import (
	"github.com/acme/shop/internal/dto/page"
	ordermodel "github.com/acme/shop/internal/model/order"
	"github.com/acme/shop/pkg/money"
	"github.com/acme/shop/pkg/timex"
)

// ListItemReq is bound from the query string.
type ListItemReq struct {
	OrderID int64  `form:"order_id"`
	SkuID   int64  `form:"sku_id"`
	From    string `form:"from" binding:"omitempty,datetime=2006-01-02"`
	To      string `form:"to" binding:"omitempty,datetime=2006-01-02"`
	page.Query
}

// ItemResp is what leaves the building; columns that are not listed stay inside.
type ItemResp struct {
	ID          int64        `json:"id,string"`
	OrderID     int64        `json:"order_id"`
	SkuID       int64        `json:"sku_id"`
	SpuID       int64        `json:"spu_id"`
	Title       string       `json:"title"`
	Spec        string       `json:"spec"`
	UnitPrice   money.Amount `json:"unit_price"`
	Quantity    int32        `json:"quantity"`
	Discount    money.Amount `json:"discount"`
	PayAmount   money.Amount `json:"pay_amount"`
	RefundedQty int32        `json:"refunded_qty"`
	WarehouseID int64        `json:"warehouse_id"`
	CreatedAt   string       `json:"created_at"`
}

func FromItem(m *ordermodel.Item) *ItemResp {
	if m == nil {
		return nil
	}
	return &ItemResp{
		ID:          m.ID,
		OrderID:     m.OrderID,
		SkuID:       m.SkuID,
		SpuID:       m.SpuID,
		Title:       m.Title,
		Spec:        m.Spec,
		UnitPrice:   m.UnitPrice,
		Quantity:    m.Quantity,
		Discount:    m.Discount,
		PayAmount:   m.PayAmount,
		RefundedQty: m.RefundedQty,
		WarehouseID: m.WarehouseID,
		CreatedAt:   timex.Format(m.CreatedAt),
	}
}

func FromItems(ms []*ordermodel.Item) []*ItemResp {
	out := make([]*ItemResp, 0, len(ms))
	for _, m := range ms {
		out = append(out, FromItem(m))
	}
	return out
}
