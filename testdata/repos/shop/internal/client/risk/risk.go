// Package risk asks the anti-fraud service; its breaker is hystrix because the SDK brought it.
package risk

import (
	"bytes"
	"context"
	"encoding/json"
	"net/http"
	"time"

	"github.com/afex/hystrix-go/hystrix"

	ordermodel "github.com/acme/shop/internal/model/order"
	usermodel "github.com/acme/shop/internal/model/user"
	"github.com/acme/shop/pkg/config"
)

const command = "risk.score"

type Client struct {
	hc  *http.Client
	url string
}

func New() *Client {
	hystrix.ConfigureCommand(command, hystrix.CommandConfig{
		Timeout:                800,
		MaxConcurrentRequests:  200,
		RequestVolumeThreshold: 20,
		SleepWindow:            5000,
		ErrorPercentThreshold:  50,
	})
	return &Client{hc: &http.Client{Timeout: time.Second}, url: "http://" + config.Addr("RISK", "risk:8080")}
}

type Score struct {
	Value  int      `json:"value"`
	Reject bool     `json:"reject"`
	Rules  []string `json:"rules"`
}

// Order scores an order; when risk is down the order passes with score -1.
func (c *Client) Order(ctx context.Context, o *ordermodel.Order, u *usermodel.User, ip string) (Score, error) {
	var s Score
	err := hystrix.DoC(ctx, command, func(ctx context.Context) error {
		b, err := json.Marshal(map[string]any{"order_no": o.OrderNo, "amount": o.PayAmount, "user_id": u.ID, "level": u.Level, "ip": ip, "registered": u.CreatedAt})
		if err != nil {
			return err
		}
		req, err := http.NewRequestWithContext(ctx, http.MethodPost, c.url+"/v1/score", bytes.NewReader(b))
		if err != nil {
			return err
		}
		resp, err := c.hc.Do(req)
		if err != nil {
			return err
		}
		defer resp.Body.Close()
		return json.NewDecoder(resp.Body).Decode(&s)
	}, func(_ context.Context, err error) error {
		s = Score{Value: -1}
		return nil
	})
	return s, err
}
