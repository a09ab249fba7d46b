// Package wms talks to the warehouse management system of the third-party warehouses.
package wms

import (
	"context"

	invmodel "github.com/acme/shop/internal/model/inventory"
	"github.com/acme/shop/pkg/config"
	"github.com/acme/shop/pkg/httpx"
)

type Client struct{ hc *httpx.Client }

func New() *Client {
	return &Client{hc: httpx.New("wms", "http://"+config.Addr("WMS", "wms.corp.acme.example:9000"))}
}

type Outbound struct {
	OrderNo   string `json:"order_no"`
	Warehouse string `json:"warehouse"`
	Lines     []Pick `json:"lines"`
}

type Pick struct {
	SkuNo string `json:"sku_no"`
	Qty   int32  `json:"qty"`
}

// Push asks the warehouse to pick; it is idempotent by order number.
func (c *Client) Push(ctx context.Context, o Outbound) (string, error) {
	var out struct {
		TaskNo string `json:"task_no"`
	}
	err := c.hc.Post(ctx, "/api/outbound", o, &out)
	return out.TaskNo, err
}

// Picks makes pick lines of reservations.
func Picks(rs []*invmodel.Reservation, skuNo map[int64]string) []Pick {
	out := make([]Pick, 0, len(rs))
	for _, r := range rs {
		out = append(out, Pick{SkuNo: skuNo[r.SkuID], Qty: int32(r.Quantity)})
	}
	return out
}
