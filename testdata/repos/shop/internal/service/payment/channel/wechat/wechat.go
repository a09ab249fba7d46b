// Package wechat speaks WeChat Pay v3.
package wechat

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"time"

	"github.com/acme/shop/internal/service/payment/channel"
	"github.com/acme/shop/pkg/config"
	"github.com/acme/shop/pkg/crypto"
	"github.com/acme/shop/pkg/errs"
	"github.com/acme/shop/pkg/httpx"
	"github.com/acme/shop/pkg/money"
	"github.com/acme/shop/pkg/retry"
)

type Client struct {
	hc    *httpx.Client
	appID string
	mchID string
	key   []byte
}

func New() *Client {
	return &Client{
		hc:    httpx.New("wechatpay", "https://api.mch.weixin.qq.com", httpx.WithTimeout(8*time.Second), httpx.WithRetry(retry.Policy{Attempts: 2, Base: 100 * time.Millisecond, Max: time.Second})),
		appID: config.String("pay.wechat.app_id"),
		mchID: config.String("pay.wechat.mch_id"),
		key:   []byte(config.String("pay.wechat.api_v3_key")),
	}
}

func (c *Client) Code() string  { return "wechat" }
func (c *Client) Reply() []byte { return []byte(`{"code":"SUCCESS","message":"成功"}`) }

func (c *Client) Prepay(ctx context.Context, o channel.Order) (map[string]string, error) {
	body := map[string]any{
		"appid": c.appID, "mchid": c.mchID, "description": o.Subject, "out_trade_no": o.No, "time_expire": o.ExpireAt.Format(time.RFC3339),
		"amount": map[string]any{"total": o.Amount.Int64(), "currency": "CNY"},
		"payer":  map[string]string{"openid": o.OpenID},
	}
	var out struct {
		PrepayID string `json:"prepay_id"`
	}
	if err := c.hc.Post(ctx, "/v3/pay/transactions/jsapi", body, &out); err != nil {
		return nil, err
	}
	p := map[string]string{"appId": c.appID, "timeStamp": fmt.Sprint(time.Now().Unix()), "nonceStr": crypto.Code(16), "package": "prepay_id=" + out.PrepayID}
	p["paySign"] = crypto.Sign(p, string(c.key))
	return p, nil
}

type transaction struct {
	OutTradeNo    string `json:"out_trade_no"`
	TransactionID string `json:"transaction_id"`
	TradeState    string `json:"trade_state"`
	Amount        struct {
		Total int64 `json:"total"`
	} `json:"amount"`
}

func (t transaction) notice() channel.Notice {
	return channel.Notice{No: t.OutTradeNo, TradeNo: t.TransactionID, Amount: money.Amount(t.Amount.Total), Success: t.TradeState == "SUCCESS"}
}

func (c *Client) Query(ctx context.Context, no string) (channel.Notice, error) {
	var t transaction
	err := c.hc.Get(ctx, "/v3/pay/transactions/out-trade-no/"+no+"?mchid="+c.mchID, &t)
	return t.notice(), err
}

func (c *Client) Close(ctx context.Context, no string) error {
	return c.hc.Post(ctx, "/v3/pay/transactions/out-trade-no/"+no+"/close", map[string]string{"mchid": c.mchID}, nil)
}

func (c *Client) Refund(ctx context.Context, no, refundNo string, amount, total money.Amount) (string, error) {
	var out struct {
		RefundID string `json:"refund_id"`
	}
	err := c.hc.Post(ctx, "/v3/refund/domestic/refunds", map[string]any{
		"out_trade_no": no, "out_refund_no": refundNo,
		"amount": map[string]any{"refund": amount.Int64(), "total": total.Int64(), "currency": "CNY"},
	}, &out)
	return out.RefundID, err
}

func (c *Client) ParseNotify(h http.Header, body []byte) (channel.Notice, error) {
	if h.Get("Wechatpay-Signature") == "" {
		return channel.Notice{}, errs.New(errs.Unauthenticated, "wechat signature")
	}
	var env struct {
		Resource struct {
			Ciphertext []byte `json:"ciphertext"`
		} `json:"resource"`
	}
	if err := json.Unmarshal(body, &env); err != nil {
		return channel.Notice{}, err
	}
	plain, err := crypto.Open(c.key, env.Resource.Ciphertext)
	if err != nil {
		return channel.Notice{}, err
	}
	var t transaction
	err = json.Unmarshal(plain, &t)
	return t.notice(), err
}

func (c *Client) Bill(ctx context.Context, day string) ([]channel.BillLine, error) {
	var out struct {
		Lines []struct {
			No     string `json:"out_trade_no"`
			Trade  string `json:"transaction_id"`
			Total  int64  `json:"total"`
			Refund bool   `json:"refund"`
		} `json:"lines"`
	}
	if err := c.hc.Get(ctx, "/v3/bill/tradebill?bill_date="+day, &out); err != nil {
		return nil, err
	}
	lines := make([]channel.BillLine, 0, len(out.Lines))
	for _, l := range out.Lines {
		lines = append(lines, channel.BillLine{No: l.No, TradeNo: l.Trade, Amount: money.Amount(l.Total), Refund: l.Refund})
	}
	return lines, nil
}
