// Package stripe is used overseas.
package stripe

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"net/http"
	"strings"
	"time"

	"github.com/acme/shop/internal/service/payment/channel"
	"github.com/acme/shop/pkg/config"
	"github.com/acme/shop/pkg/errs"
	"github.com/acme/shop/pkg/httpx"
	"github.com/acme/shop/pkg/money"
)

type Client struct {
	hc     *httpx.Client
	secret string
}

func New() *Client {
	return &Client{hc: httpx.New("stripe", "https://api.stripe.com", httpx.WithTimeout(10*time.Second)), secret: config.String("pay.stripe.webhook_secret")}
}

func (c *Client) Code() string  { return "stripe" }
func (c *Client) Reply() []byte { return []byte(`{"received":true}`) }

type intent struct {
	ID       string            `json:"id"`
	Secret   string            `json:"client_secret"`
	Status   string            `json:"status"`
	Amount   int64             `json:"amount"`
	Metadata map[string]string `json:"metadata"`
}

func (i intent) notice() channel.Notice {
	return channel.Notice{No: i.Metadata["payment_no"], TradeNo: i.ID, Amount: money.Amount(i.Amount), Success: i.Status == "succeeded"}
}

func (c *Client) Prepay(ctx context.Context, o channel.Order) (map[string]string, error) {
	var out intent
	err := c.hc.Post(ctx, "/v1/payment_intents", map[string]any{"amount": o.Amount.Int64(), "currency": "usd", "metadata": map[string]string{"payment_no": o.No}}, &out)
	if err != nil {
		return nil, err
	}
	return map[string]string{"client_secret": out.Secret}, nil
}

func (c *Client) Query(ctx context.Context, no string) (channel.Notice, error) {
	var out struct {
		Data []intent `json:"data"`
	}
	if err := c.hc.Get(ctx, "/v1/payment_intents/search?query=metadata['payment_no']:'"+no+"'", &out); err != nil {
		return channel.Notice{}, err
	}
	for _, i := range out.Data {
		return i.notice(), nil
	}
	return channel.Notice{No: no}, nil
}

func (c *Client) Close(ctx context.Context, no string) error {
	n, err := c.Query(ctx, no)
	if err != nil || n.TradeNo == "" {
		return err
	}
	return c.hc.Post(ctx, "/v1/payment_intents/"+n.TradeNo+"/cancel", nil, nil)
}

func (c *Client) Refund(ctx context.Context, no, refundNo string, amount, _ money.Amount) (string, error) {
	n, err := c.Query(ctx, no)
	if err != nil {
		return "", err
	}
	var out struct {
		ID string `json:"id"`
	}
	err = c.hc.Post(ctx, "/v1/refunds", map[string]any{"payment_intent": n.TradeNo, "amount": amount.Int64(), "metadata": map[string]string{"refund_no": refundNo}}, &out)
	return out.ID, err
}

func (c *Client) ParseNotify(h http.Header, body []byte) (channel.Notice, error) {
	var ts, sig string
	for _, part := range strings.Split(h.Get("Stripe-Signature"), ",") {
		k, v, _ := strings.Cut(part, "=")
		switch k {
		case "t":
			ts = v
		case "v1":
			sig = v
		}
	}
	m := hmac.New(sha256.New, []byte(c.secret))
	m.Write([]byte(ts + "."))
	m.Write(body)
	if !hmac.Equal([]byte(hex.EncodeToString(m.Sum(nil))), []byte(sig)) {
		return channel.Notice{}, errs.New(errs.Unauthenticated, "stripe signature")
	}
	var ev struct {
		Data struct {
			Object intent `json:"object"`
		} `json:"data"`
	}
	err := json.Unmarshal(body, &ev)
	return ev.Data.Object.notice(), err
}

// Bill: Stripe has no daily statement; the payouts are checked by hand.
func (c *Client) Bill(context.Context, string) ([]channel.BillLine, error) { return nil, nil }
