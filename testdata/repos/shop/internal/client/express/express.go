// Package express asks Kuaidi100 where a parcel is.
package express

import (
	"context"
	"crypto/md5"
	"encoding/hex"
	"fmt"
	"strings"

	"github.com/acme/shop/pkg/config"
	"github.com/acme/shop/pkg/errs"
	"github.com/acme/shop/pkg/httpx"
)

type Client struct {
	hc       *httpx.Client
	customer string
	key      string
}

func New() *Client {
	return &Client{hc: httpx.New("kuaidi100", "https://poll.kuaidi100.com"), customer: config.String("express.customer"), key: config.String("express.key")}
}

type Step struct {
	At      string `json:"ftime"`
	Context string `json:"context"`
	Status  string `json:"status"`
}

func (c *Client) Track(ctx context.Context, carrier, no string) ([]Step, error) {
	if no == "" {
		return nil, errs.New(errs.InvalidArgument, "waybill number")
	}
	var out struct {
		Message string `json:"message"`
		Data    []Step `json:"data"`
	}
	param := fmt.Sprintf(`{"com":%q,"num":%q}`, carrier, no)
	sum := md5.Sum([]byte(param + c.key + c.customer))
	err := c.hc.Post(ctx, "/poll/query.do", map[string]string{"customer": c.customer, "param": param, "sign": strings.ToUpper(hex.EncodeToString(sum[:]))}, &out)
	if err == nil && out.Message != "ok" {
		err = errs.New(errs.Unavailable, "kuaidi100: "+out.Message)
	}
	return out.Data, err
}
