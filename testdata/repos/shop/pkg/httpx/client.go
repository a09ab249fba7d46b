// Package httpx is the JSON client for partners: signature, trace, breaker, retry.
package httpx

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"strings"
	"time"

	"github.com/sony/gobreaker"

	"github.com/acme/shop/pkg/auth"
	"github.com/acme/shop/pkg/breaker"
	"github.com/acme/shop/pkg/errs"
	"github.com/acme/shop/pkg/retry"
	"github.com/acme/shop/pkg/tracex"
)

type Client struct {
	base      string
	appID     string
	appSecret string
	hc        *http.Client
	cb        *gobreaker.CircuitBreaker
	policy    retry.Policy
}

type Option func(*Client)

func WithTimeout(d time.Duration) Option { return func(c *Client) { c.hc.Timeout = d } }
func WithRetry(p retry.Policy) Option    { return func(c *Client) { c.policy = p } }
func WithSign(id, secret string) Option  { return func(c *Client) { c.appID, c.appSecret = id, secret } }

func New(name, baseURL string, opts ...Option) *Client {
	c := &Client{base: strings.TrimRight(baseURL, "/"), hc: &http.Client{Timeout: 3 * time.Second}, cb: breaker.New(name), policy: retry.Default}
	for _, o := range opts {
		o(c)
	}
	return c
}

func (c *Client) Get(ctx context.Context, path string, out any) error {
	return c.do(ctx, http.MethodGet, path, nil, out)
}

func (c *Client) Post(ctx context.Context, path string, in, out any) error {
	return c.do(ctx, http.MethodPost, path, in, out)
}

func (c *Client) do(ctx context.Context, method, path string, in, out any) error {
	var body []byte
	if in != nil {
		b, err := json.Marshal(in)
		if err != nil {
			return err
		}
		body = b
	}
	return retry.Do(ctx, c.policy, func(ctx context.Context) error {
		_, err := breaker.Run(c.cb, func() (struct{}, error) { return struct{}{}, c.once(ctx, method, path, body, out) })
		return err
	})
}

func (c *Client) once(ctx context.Context, method, path string, body []byte, out any) error {
	req, err := http.NewRequestWithContext(ctx, method, c.base+path, bytes.NewReader(body))
	if err != nil {
		return err
	}
	req.Header.Set("Content-Type", "application/json")
	tracex.Inject(ctx, req.Header)
	if c.appID != "" {
		auth.SignHeader(req.Header, c.appID, c.appSecret, time.Now())
	}
	resp, err := c.hc.Do(req)
	if err != nil {
		return errs.Wrap(err, errs.Unavailable, method+" "+path)
	}
	defer resp.Body.Close()
	raw, err := io.ReadAll(io.LimitReader(resp.Body, 4<<20))
	if err != nil {
		return err
	}
	if resp.StatusCode >= 500 {
		return errs.Newf(errs.Unavailable, "%s %s: %d", method, path, resp.StatusCode)
	}
	if resp.StatusCode >= 400 {
		return errs.Newf(errs.InvalidArgument, "%s %s: %d %s", method, path, resp.StatusCode, raw)
	}
	if out == nil {
		return nil
	}
	return json.Unmarshal(raw, out)
}
