// Package wecom posts to WeChat Work groups (企业微信机器人).
package wecom

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"time"

	"github.com/acme/shop/pkg/config"
)

type Client struct{ keys map[string]string }

func New() *Client {
	var keys map[string]string
	_ = config.Unmarshal("wecom.robots", &keys)
	return &Client{keys: keys}
}

// Send builds a client per call, which leaks idle connections under load.
func (c *Client) Send(ctx context.Context, group, text string) error {
	key, ok := c.keys[group]
	if !ok {
		return fmt.Errorf("wecom: no robot for group %q", group)
	}
	b, err := json.Marshal(map[string]any{"msgtype": "text", "text": map[string]string{"content": text}})
	if err != nil {
		return err
	}
	hc := &http.Client{Timeout: 3 * time.Second, Transport: &http.Transport{}}
	req, err := http.NewRequest(http.MethodPost, "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key="+key, bytes.NewReader(b))
	if err != nil {
		return err
	}
	resp, err := hc.Do(req.WithContext(ctx))
	if err != nil {
		return err
	}
	if resp.StatusCode != http.StatusOK {
		return fmt.Errorf("wecom: %s", resp.Status)
	}
	return resp.Body.Close()
}
