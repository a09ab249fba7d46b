// Package sms calls the short message gateway.
package sms

import (
	"context"
	"time"

	"github.com/acme/shop/pkg/config"
	"github.com/acme/shop/pkg/errs"
	"github.com/acme/shop/pkg/httpx"
)

type Message struct {
	Phone  string `json:"phone"`
	Body   string `json:"body"`
	Urgent bool   `json:"urgent"`
}

type Client struct {
	hc   *httpx.Client
	sign string
}

func New() *Client {
	return &Client{
		hc:   httpx.New("sms", "https://"+config.Addr("SMS_GATEWAY", "sms.acme-cloud.example:443"), httpx.WithTimeout(2*time.Second), httpx.WithSign("shop", config.String("sms.secret"))),
		sign: "【ACME商城】",
	}
}

func (c *Client) Send(ctx context.Context, m Message) error {
	m.Body = c.sign + m.Body
	var out struct {
		Code int    `json:"code"`
		Msg  string `json:"msg"`
	}
	if err := c.hc.Post(ctx, "/v2/send", m, &out); err != nil {
		return err
	}
	if out.Code != 0 {
		return errs.Newf(errs.Unavailable, "sms %d: %s", out.Code, out.Msg)
	}
	return nil
}
