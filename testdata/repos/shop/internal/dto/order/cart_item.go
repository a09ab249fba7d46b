package order

import (
	"github.com/acme/shop/internal/dto/page"
	ordermodel "github.com/acme/shop/internal/model/order"
	"github.com/acme/shop/pkg/money"
	"github.com/acme/shop/pkg/timex"
)

// CreateCartItemReq 新建购物车.
type CreateCartItemReq struct {
	SkuID    int64  `json:"sku_id" binding:"gte=0"`            // SKU
	ShopID   int64  `json:"shop_id" binding:"gte=0"`           // 店铺
	Quantity int32  `json:"quantity" binding:"gte=0"`          // 数量
	Checked  bool   `json:"checked"`                           // 是否勾选
	Source   string `json:"source" binding:"omitempty,max=32"` // 来源
}

// UpdateCartItemReq carries only what the caller wants to change.
type UpdateCartItemReq struct {
	ID       int64  `json:"-" uri:"id"`
	Quantity *int32 `json:"quantity"`
	Checked  *bool  `json:"checked"`
}

// ListCartItemReq is bound from the query string.
type ListCartItemReq struct {
	UserID int64  `form:"user_id"`
	SkuID  int64  `form:"sku_id"`
	From   string `form:"from" binding:"omitempty,datetime=2006-01-02"`
	To     string `form:"to" binding:"omitempty,datetime=2006-01-02"`
	page.Query
}

// CartItemResp is what leaves the building; columns that are not listed stay inside.
type CartItemResp struct {
	ID            int64        `json:"id,string"`
	UserID        int64        `json:"user_id"`
	SkuID         int64        `json:"sku_id"`
	ShopID        int64        `json:"shop_id"`
	Quantity      int32        `json:"quantity"`
	PriceSnapshot money.Amount `json:"price_snapshot"`
	Checked       bool         `json:"checked"`
	Source        string       `json:"source"`
	CreatedAt     string       `json:"created_at"`
}

func FromCartItem(m *ordermodel.CartItem) *CartItemResp {
	if m == nil {
		return nil
	}
	return &CartItemResp{
		ID:            m.ID,
		UserID:        m.UserID,
		SkuID:         m.SkuID,
		ShopID:        m.ShopID,
		Quantity:      m.Quantity,
		PriceSnapshot: m.PriceSnapshot,
		Checked:       m.Checked,
		Source:        m.Source,
		CreatedAt:     timex.Format(m.CreatedAt),
	}
}

func FromCartItems(ms []*ordermodel.CartItem) []*CartItemResp {
	out := make([]*CartItemResp, 0, len(ms))
	for _, m := range ms {
		out = append(out, FromCartItem(m))
	}
	return out
}
