// Package sdk talks to the gateway.
package sdk

import (
	"errors"
	"io/ioutil"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/acme/legacypay"
	"github.com/acme/legacypay/internal/sign"
)

type Gateway struct {
	merchant string
	key      string
	hc       *http.Client
}

func NewGateway(merchant, key string) *Gateway {
	return &Gateway{merchant: merchant, key: key, hc: &http.Client{Timeout: 15 * time.Second}}
}

type Status struct {
	Code    string
	QueryID string
	Cents   int64
}

type BillLine struct {
	OrderID string
	QueryID string
	Cents   int64
	Refund  bool
}

func (g *Gateway) call(path string, form url.Values) (url.Values, error) {
	form.Set("merId", g.merchant)
	form.Set("signature", sign.Sum(form, g.key))
	resp, err := g.hc.PostForm(legacypay.Endpoint+path, form)
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	b, err := ioutil.ReadAll(resp.Body)
	if err != nil {
		return nil, err
	}
	out, err := url.ParseQuery(string(b))
	if err != nil {
		return nil, err
	}
	if out.Get("respCode") != legacypay.CodeOK {
		return out, errors.New("legacypay: " + out.Get("respMsg"))
	}
	return out, nil
}

func (g *Gateway) Apply(no string, cents int64, subject string) (string, error) {
	out, err := g.call("/appTransReq.do", url.Values{"orderId": {no}, "txnAmt": {strconv.FormatInt(cents, 10)}, "orderDesc": {subject}})
	if err != nil {
		return "", err
	}
	return out.Get("tn"), nil
}

func (g *Gateway) Query(no string) (Status, error) {
	out, err := g.call("/queryTrans.do", url.Values{"orderId": {no}})
	if err != nil {
		return Status{}, err
	}
	cents, err := strconv.ParseInt(out.Get("txnAmt"), 10, 64)
	return Status{Code: out.Get("origRespCode"), QueryID: out.Get("queryId"), Cents: cents}, err
}

func (g *Gateway) Void(no string) error {
	_, err := g.call("/backTransReq.do", url.Values{"orderId": {no}, "txnType": {"31"}})
	return err
}

func (g *Gateway) Refund(no, refundNo string, cents int64) (string, error) {
	out, err := g.call("/backTransReq.do", url.Values{"origOrderId": {no}, "orderId": {refundNo}, "txnType": {"04"}, "txnAmt": {strconv.FormatInt(cents, 10)}})
	if err != nil {
		return "", err
	}
	return out.Get("queryId"), nil
}

// Bill parses the pipe-separated statement.
func (g *Gateway) Bill(day string) ([]BillLine, error) {
	out, err := g.call("/fileTransReq.do", url.Values{"settleDate": {day}})
	if err != nil {
		return nil, err
	}
	var lines []BillLine
	for _, l := range strings.Split(out.Get("fileContent"), "\n") {
		f := strings.Split(strings.TrimSpace(l), "|")
		if len(f) < 4 {
			continue
		}
		cents, err := strconv.ParseInt(f[2], 10, 64)
		if err != nil {
			return nil, err
		}
		lines = append(lines, BillLine{OrderID: f[0], QueryID: f[1], Cents: cents, Refund: f[3] == "04"})
	}
	return lines, nil
}
