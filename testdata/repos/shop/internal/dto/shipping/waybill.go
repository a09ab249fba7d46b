package shipping

import (
	"time"

	"github.com/acme/shop/internal/dto/page"
	shipmodel "github.com/acme/shop/internal/model/shipping"
	"github.com/acme/shop/pkg/money"
	"github.com/acme/shop/pkg/timex"
)

// ListWaybillReq is bound from the query string.
type ListWaybillReq struct {
	WaybillNo   string `form:"waybill_no"`
	OrderNo     string `form:"order_no"`
	CarrierCode string `form:"carrier_code"`
	Status      []int8 `form:"status"`
	From        string `form:"from" binding:"omitempty,datetime=2006-01-02"`
	To          string `form:"to" binding:"omitempty,datetime=2006-01-02"`
	page.Query
}

// WaybillResp is what leaves the building; columns that are not listed stay inside.
type WaybillResp struct {
	ID            int64        `json:"id,string"`
	WaybillNo     string       `json:"waybill_no"`
	OrderNo       string       `json:"order_no"`
	CarrierCode   string       `json:"carrier_code"`
	FreightAmount money.Amount `json:"freight_amount"`
	Weight        int32        `json:"weight"`
	SenderAddr    string       `json:"sender_addr"`
	ReceiverAddr  string       `json:"receiver_addr"`
	PickedAt      *time.Time   `json:"picked_at,omitempty"`
	SignedAt      *time.Time   `json:"signed_at,omitempty"`
	TraceJSON     string       `json:"trace_json"`
	Status        int8         `json:"status"`
	StatusText    string       `json:"status_text"`
	CreatedAt     string       `json:"created_at"`
}

func FromWaybill(m *shipmodel.Waybill) *WaybillResp {
	if m == nil {
		return nil
	}
	return &WaybillResp{
		ID:            m.ID,
		WaybillNo:     m.WaybillNo,
		OrderNo:       m.OrderNo,
		CarrierCode:   m.CarrierCode,
		FreightAmount: m.FreightAmount,
		Weight:        m.Weight,
		SenderAddr:    m.SenderAddr,
		ReceiverAddr:  m.ReceiverAddr,
		PickedAt:      m.PickedAt,
		SignedAt:      m.SignedAt,
		TraceJSON:     m.TraceJSON,
		Status:        int8(m.Status),
		StatusText:    m.Status.String(),
		CreatedAt:     timex.Format(m.CreatedAt),
	}
}

func FromWaybills(ms []*shipmodel.Waybill) []*WaybillResp {
	out := make([]*WaybillResp, 0, len(ms))
	for _, m := range ms {
		out = append(out, FromWaybill(m))
	}
	return out
}
