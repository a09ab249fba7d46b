package inventory

import (
	"time"

	"github.com/acme/shop/internal/dto/page"
	invmodel "github.com/acme/shop/internal/model/inventory"
	"github.com/acme/shop/pkg/timex"
)

// ListReservationReq is bound from the query string.
type ListReservationReq struct {
	OrderNo     string `form:"order_no"`
	SkuID       int64  `form:"sku_id"`
	WarehouseID int64  `form:"warehouse_id"`
	Status      []int8 `form:"status"`
	From        string `form:"from" binding:"omitempty,datetime=2006-01-02"`
	To          string `form:"to" binding:"omitempty,datetime=2006-01-02"`
	page.Query
}

// ReservationResp is what leaves the building; columns that are not listed stay inside.
type ReservationResp struct {
	ID          int64     `json:"id,string"`
	OrderNo     string    `json:"order_no"`
	SkuID       int64     `json:"sku_id"`
	WarehouseID int64     `json:"warehouse_id"`
	Quantity    int64     `json:"quantity"`
	ExpireAt    time.Time `json:"expire_at"`
	Status      int8      `json:"status"`
	StatusText  string    `json:"status_text"`
	CreatedAt   string    `json:"created_at"`
}

func FromReservation(m *invmodel.Reservation) *ReservationResp {
	if m == nil {
		return nil
	}
	return &ReservationResp{
		ID:          m.ID,
		OrderNo:     m.OrderNo,
		SkuID:       m.SkuID,
		WarehouseID: m.WarehouseID,
		Quantity:    m.Quantity,
		ExpireAt:    m.ExpireAt,
		Status:      int8(m.Status),
		StatusText:  m.Status.String(),
		CreatedAt:   timex.Format(m.CreatedAt),
	}
}

func FromReservations(ms []*invmodel.Reservation) []*ReservationResp {
	out := make([]*ReservationResp, 0, len(ms))
	for _, m := range ms {
		out = append(out, FromReservation(m))
	}
	return out
}
