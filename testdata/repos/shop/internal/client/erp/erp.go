// Package erp pushes stock and documents to the Kingdee ERP.
package erp

import (
	"context"
	"strconv"
	"time"

	invmodel "github.com/acme/shop/internal/model/inventory"
	"github.com/acme/shop/pkg/config"
	"github.com/acme/shop/pkg/httpx"
	"github.com/acme/shop/pkg/retry"
)

type Client struct{ hc *httpx.Client }

func New() *Client {
	return &Client{hc: httpx.New("erp", "http://"+config.Addr("ERP", "erp.corp.acme.example:8080"),
		httpx.WithTimeout(10*time.Second), httpx.WithRetry(retry.Policy{Attempts: 5, Base: 200 * time.Millisecond, Max: 5 * time.Second}))}
}

type line struct {
	Material string `json:"FMaterialId"`
	Stock    string `json:"FStockId"`
	Qty      int64  `json:"FQty"`
	Note     string `json:"FNote"`
}

// PushFlows sends stock movements; the ERP answers with the numbers it refused.
func (c *Client) PushFlows(ctx context.Context, flows []*invmodel.StockFlow) ([]string, error) {
	lines := make([]line, 0, len(flows))
	for _, f := range flows {
		lines = append(lines, line{Material: strconv.FormatInt(f.SkuID, 10), Stock: strconv.FormatInt(f.WarehouseID, 10), Qty: f.Delta, Note: f.BizType + " " + f.BizNo})
	}
	var out struct {
		Refused []string `json:"refused"`
	}
	err := c.hc.Post(ctx, "/k3cloud/stock/flows", map[string]any{"lines": lines}, &out)
	return out.Refused, err
}
