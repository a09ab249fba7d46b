package inventory

import (
	"github.com/acme/shop/internal/dto/page"
	invmodel "github.com/acme/shop/internal/model/inventory"
	"github.com/acme/shop/pkg/crypto"
	"github.com/acme/shop/pkg/timex"
)

// CreateWarehouseReq 新建仓库.
type CreateWarehouseReq struct {
	Code     string  `json:"code" binding:"required,max=16"`          // 编码
	Name     string  `json:"name" binding:"required,max=64"`          // 名称
	Kind     string  `json:"kind" binding:"required,max=16"`          // 类型 self/third/bonded
	Country  string  `json:"country" binding:"required,max=8"`        // 国家
	Province string  `json:"province" binding:"required,max=32"`      // 省
	City     string  `json:"city" binding:"required,max=32"`          // 市
	Address  string  `json:"address" binding:"required,max=255"`      // 地址
	Lat      float64 `json:"lat"`                                     // 纬度
	Lng      float64 `json:"lng"`                                     // 经度
	Contact  string  `json:"contact" binding:"required,max=64"`       // 联系人
	Phone    string  `json:"phone" binding:"required,max=20,cnphone"` // 电话
	Priority int32   `json:"priority" binding:"gte=0"`                // 优先级
}

// UpdateWarehouseReq carries only what the caller wants to change.
type UpdateWarehouseReq struct {
	ID       int64    `json:"-" uri:"id"`
	Name     *string  `json:"name"`
	Kind     *string  `json:"kind"`
	Country  *string  `json:"country"`
	Province *string  `json:"province"`
	City     *string  `json:"city"`
	Address  *string  `json:"address"`
	Lat      *float64 `json:"lat"`
	Lng      *float64 `json:"lng"`
	Contact  *string  `json:"contact"`
	Phone    *string  `json:"phone"`
	Priority *int32   `json:"priority"`
}

// ListWarehouseReq is bound from the query string.
type ListWarehouseReq struct {
	Code    string `form:"code"`
	Name    string `form:"name"`
	Country string `form:"country"`
	Status  []int8 `form:"status"`
	From    string `form:"from" binding:"omitempty,datetime=2006-01-02"`
	To      string `form:"to" binding:"omitempty,datetime=2006-01-02"`
	page.Query
}

// WarehouseResp is what leaves the building; columns that are not listed stay inside.
type WarehouseResp struct {
	ID         int64   `json:"id,string"`
	Code       string  `json:"code"`
	Name       string  `json:"name"`
	Kind       string  `json:"kind"`
	Country    string  `json:"country"`
	Province   string  `json:"province"`
	City       string  `json:"city"`
	Address    string  `json:"address"`
	Lat        float64 `json:"lat"`
	Lng        float64 `json:"lng"`
	Contact    string  `json:"contact"`
	Phone      string  `json:"phone"`
	Priority   int32   `json:"priority"`
	Status     int8    `json:"status"`
	StatusText string  `json:"status_text"`
	CreatedAt  string  `json:"created_at"`
}

func FromWarehouse(m *invmodel.Warehouse) *WarehouseResp {
	if m == nil {
		return nil
	}
	return &WarehouseResp{
		ID:         m.ID,
		Code:       m.Code,
		Name:       m.Name,
		Kind:       m.Kind,
		Country:    m.Country,
		Province:   m.Province,
		City:       m.City,
		Address:    m.Address,
		Lat:        m.Lat,
		Lng:        m.Lng,
		Contact:    m.Contact,
		Phone:      crypto.MaskPhone(m.Phone),
		Priority:   m.Priority,
		Status:     int8(m.Status),
		StatusText: m.Status.String(),
		CreatedAt:  timex.Format(m.CreatedAt),
	}
}

func FromWarehouses(ms []*invmodel.Warehouse) []*WarehouseResp {
	out := make([]*WarehouseResp, 0, len(ms))
	for _, m := range ms {
		out = append(out, FromWarehouse(m))
	}
	return out
}
