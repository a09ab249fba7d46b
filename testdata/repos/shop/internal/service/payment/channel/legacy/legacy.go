// Package legacy adapts the SDK of the old union pay gateway (third_party/legacypay).
package legacy

import (
	"context"
	"net/http"
	"strconv"

	"github.com/acme/legacypay"
	paysdk "github.com/acme/legacypay/sdk"
	"github.com/acme/shop/internal/service/payment/channel"
	"github.com/acme/shop/pkg/config"
	"github.com/acme/shop/pkg/money"
)

type Client struct{ gw *paysdk.Gateway }

func New() *Client {
	return &Client{gw: paysdk.NewGateway(config.String("pay.legacy.merchant"), config.String("pay.legacy.key"))}
}

func (c *Client) Code() string  { return "union" }
func (c *Client) Reply() []byte { return []byte("ok") }

func (c *Client) Prepay(_ context.Context, o channel.Order) (map[string]string, error) {
	tn, err := c.gw.Apply(o.No, o.Amount.Int64(), o.Subject)
	if err != nil {
		return nil, err
	}
	return map[string]string{"tn": tn}, nil
}

func (c *Client) Query(_ context.Context, no string) (channel.Notice, error) {
	st, err := c.gw.Query(no)
	if err != nil {
		return channel.Notice{}, err
	}
	return channel.Notice{No: no, TradeNo: st.QueryID, Amount: money.Amount(st.Cents), Success: st.Code == legacypay.CodeOK}, nil
}

func (c *Client) Close(_ context.Context, no string) error { return c.gw.Void(no) }

func (c *Client) Refund(_ context.Context, no, refundNo string, amount, _ money.Amount) (string, error) {
	return c.gw.Refund(no, refundNo, amount.Int64())
}

func (c *Client) ParseNotify(_ http.Header, body []byte) (channel.Notice, error) {
	m, err := paysdk.ParseNotify(body)
	if err != nil {
		return channel.Notice{}, err
	}
	cents, err := strconv.ParseInt(m["txnAmt"], 10, 64)
	return channel.Notice{No: m["orderId"], TradeNo: m["queryId"], Amount: money.Amount(cents), Success: m["respCode"] == "00"}, err
}

func (c *Client) Bill(_ context.Context, day string) ([]channel.BillLine, error) {
	lines, err := c.gw.Bill(day)
	if err != nil {
		return nil, err
	}
	out := make([]channel.BillLine, 0, len(lines))
	for _, l := range lines {
		out = append(out, channel.BillLine{No: l.OrderID, TradeNo: l.QueryID, Amount: money.Amount(l.Cents), Refund: l.Refund})
	}
	return out, nil
}
