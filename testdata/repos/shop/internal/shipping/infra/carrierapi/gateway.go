// Package carrierapi implements the gateway port over the carriers' HTTP interfaces.
package carrierapi

import (
	"context"
	"fmt"
	"strings"
	"time"

	expresscli "github.com/acme/shop/internal/client/express"
	"github.com/acme/shop/internal/shipping/domain/shipment"
	"github.com/acme/shop/pkg/config"
	"github.com/acme/shop/pkg/httpx"
	"github.com/acme/shop/pkg/retry"
	"github.com/acme/shop/pkg/timex"
)

// Gateway has one client a carrier and one breaker a client.
type Gateway struct {
	clients map[string]*httpx.Client
	express *expresscli.Client
}

func New(e *expresscli.Client) *Gateway {
	sf := httpx.New("carrier-sf", "https://"+config.Addr("CARRIER_SF", "bspgw.sf-express.com:443"), httpx.WithTimeout(5*time.Second))
	yto := httpx.New("carrier-yto", "https://"+config.Addr("CARRIER_YTO", "openapi.yto.net.cn:443"), httpx.WithTimeout(5*time.Second), httpx.WithRetry(retry.Policy{Attempts: 4, Base: 100 * time.Millisecond, Max: 3 * time.Second}))
	return &Gateway{clients: map[string]*httpx.Client{"SF": sf, "YTO": yto}, express: e}
}

func (g *Gateway) Book(ctx context.Context, carrier string, s shipment.Snapshot) (string, error) {
	c, ok := g.clients[carrier]
	if !ok {
		return "", fmt.Errorf("carrier %q has no client", carrier)
	}
	var out struct {
		MailNo string `json:"mail_no"`
		Error  string `json:"error"`
	}
	err := c.Post(ctx, "/order/create", map[string]any{"order": s.OrderNo, "to": s.Receiver, "pieces": len(s.Lines)}, &out)
	if err != nil {
		return "", err
	}
	if out.MailNo == "" {
		return "", fmt.Errorf("carrier %s: %s", carrier, out.Error)
	}
	return out.MailNo, nil
}

func (g *Gateway) Track(ctx context.Context, carrier, waybillNo string) ([]shipment.Step, error) {
	raw, err := g.express.Track(ctx, strings.ToLower(carrier), waybillNo)
	if err != nil {
		return nil, err
	}
	var out []shipment.Step
	for _, r := range raw {
		at, err := time.ParseInLocation("2006-01-02 15:04:05", r.At, timex.Shanghai)
		if err != nil {
			continue
		}
		out = append(out, shipment.Step{At: at, Text: r.Context})
	}
	return out, nil
}
