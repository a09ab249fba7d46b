// Package alipay speaks the Alipay open platform protocol.
package alipay

import (
	"context"
	"encoding/json"
	"net/http"
	"net/url"
	"time"

	"github.com/acme/shop/internal/service/payment/channel"
	"github.com/acme/shop/pkg/config"
	"github.com/acme/shop/pkg/crypto"
	"github.com/acme/shop/pkg/errs"
	"github.com/acme/shop/pkg/httpx"
	"github.com/acme/shop/pkg/money"
	"github.com/acme/shop/pkg/timex"
)

type Client struct {
	hc     *httpx.Client
	appID  string
	secret string
	notify string
}

func New() *Client {
	return &Client{
		hc:     httpx.New("alipay", "https://openapi.alipay.com", httpx.WithTimeout(8*time.Second)),
		appID:  config.String("pay.alipay.app_id"),
		secret: config.String("pay.alipay.secret"),
		notify: config.String("pay.notify_base") + "/webhook/pay/alipay",
	}
}

func (c *Client) Code() string  { return "alipay" }
func (c *Client) Reply() []byte { return []byte("success") }

type answer struct {
	Code    string `json:"code"`
	SubMsg  string `json:"sub_msg"`
	TradeNo string `json:"trade_no"`
	Status  string `json:"trade_status"`
	Total   string `json:"total_amount"`
	Form    string `json:"form"`
	BillURL string `json:"bill_download_url"`
}

func (c *Client) call(ctx context.Context, method string, biz map[string]any) (*answer, error) {
	content, err := json.Marshal(biz)
	if err != nil {
		return nil, err
	}
	params := map[string]string{"app_id": c.appID, "method": method, "biz_content": string(content), "notify_url": c.notify, "timestamp": timex.Format(timex.Now())}
	params["sign"] = crypto.Sign(params, c.secret)
	var a answer
	if err := c.hc.Post(ctx, "/gateway.do", params, &a); err != nil {
		return nil, err
	}
	if a.Code != "10000" {
		return &a, errs.Newf(errs.PaymentDeclined, "alipay %s: %s", a.Code, a.SubMsg)
	}
	return &a, nil
}

func (c *Client) Prepay(ctx context.Context, o channel.Order) (map[string]string, error) {
	a, err := c.call(ctx, "alipay.trade.app.pay", map[string]any{"out_trade_no": o.No, "total_amount": o.Amount.String(), "subject": o.Subject, "time_expire": timex.Format(o.ExpireAt)})
	if err != nil {
		return nil, err
	}
	return map[string]string{"form": a.Form}, nil
}

func (c *Client) Query(ctx context.Context, no string) (channel.Notice, error) {
	a, err := c.call(ctx, "alipay.trade.query", map[string]any{"out_trade_no": no})
	if err != nil {
		return channel.Notice{}, err
	}
	amount, err := money.Parse(a.Total)
	return channel.Notice{No: no, TradeNo: a.TradeNo, Amount: amount, Success: a.Status == "TRADE_SUCCESS"}, err
}

func (c *Client) Close(ctx context.Context, no string) error {
	_, err := c.call(ctx, "alipay.trade.close", map[string]any{"out_trade_no": no})
	return err
}

func (c *Client) Refund(ctx context.Context, no, refundNo string, amount, _ money.Amount) (string, error) {
	a, err := c.call(ctx, "alipay.trade.refund", map[string]any{"out_trade_no": no, "out_request_no": refundNo, "refund_amount": amount.String()})
	if err != nil {
		return "", err
	}
	return a.TradeNo, nil
}

func (c *Client) ParseNotify(_ http.Header, body []byte) (channel.Notice, error) {
	form, err := url.ParseQuery(string(body))
	if err != nil {
		return channel.Notice{}, err
	}
	params := map[string]string{}
	for k := range form {
		params[k] = form.Get(k)
	}
	if !crypto.Verify(params, c.secret, form.Get("sign")) {
		return channel.Notice{}, errs.New(errs.Unauthenticated, "alipay signature")
	}
	amount, err := money.Parse(form.Get("total_amount"))
	return channel.Notice{No: form.Get("out_trade_no"), TradeNo: form.Get("trade_no"), Amount: amount, Success: form.Get("trade_status") == "TRADE_SUCCESS"}, err
}
