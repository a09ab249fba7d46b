package oauth

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"time"
)

type WeChat struct {
	AppID, Secret string
	hc            *http.Client
}

func NewWeChat(appID, secret string) *WeChat {
	return &WeChat{AppID: appID, Secret: secret, hc: &http.Client{Timeout: 3 * time.Second}}
}

func (w *WeChat) Name() string { return "wechat" }

func (w *WeChat) Exchange(ctx context.Context, code string) (string, string, error) {
	u := "https://api.weixin.qq.com/sns/jscode2session?" + url.Values{"appid": {w.AppID}, "secret": {w.Secret}, "js_code": {code}, "grant_type": {"authorization_code"}}.Encode()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, u, nil)
	if err != nil {
		return "", "", err
	}
	resp, err := w.hc.Do(req)
	if err != nil {
		return "", "", err
	}
	defer resp.Body.Close()
	var out struct {
		OpenID  string `json:"openid"`
		ErrCode int    `json:"errcode"`
		ErrMsg  string `json:"errmsg"`
	}
	if err := json.NewDecoder(resp.Body).Decode(&out); err != nil {
		return "", "", err
	}
	if out.ErrCode != 0 {
		return "", "", fmt.Errorf("wechat %d: %s", out.ErrCode, out.ErrMsg)
	}
	return out.OpenID, "", nil
}
