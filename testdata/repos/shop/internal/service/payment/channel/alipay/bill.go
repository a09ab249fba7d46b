package alipay

import (
	"context"
	"encoding/csv"
	"io"
	"net/http"
	"strings"

	"github.com/acme/shop/internal/service/payment/channel"
	"github.com/acme/shop/pkg/errs"
	"github.com/acme/shop/pkg/money"
)

// Bill downloads and parses the daily statement. The response body is not closed when the status is wrong.
func (c *Client) Bill(ctx context.Context, day string) ([]channel.BillLine, error) {
	a, err := c.call(ctx, "alipay.data.dataservice.bill.downloadurl.query", map[string]any{"bill_type": "trade", "bill_date": day})
	if err != nil {
		return nil, err
	}
	resp, err := http.Get(a.BillURL)
	if err != nil {
		return nil, err
	}
	if resp.StatusCode != http.StatusOK {
		return nil, errs.Newf(errs.Unavailable, "alipay bill %s: %d", day, resp.StatusCode)
	}
	defer resp.Body.Close()
	r := csv.NewReader(resp.Body)
	r.FieldsPerRecord = -1
	var out []channel.BillLine
	for {
		rec, err := r.Read()
		if err == io.EOF {
			return out, nil
		}
		if err != nil {
			return nil, err
		}
		if len(rec) < 12 || strings.HasPrefix(rec[0], "#") {
			continue
		}
		amount, err := money.Parse(strings.TrimSpace(rec[11]))
		if err != nil {
			return nil, err
		}
		out = append(out, channel.BillLine{TradeNo: strings.TrimSpace(rec[0]), No: strings.TrimSpace(rec[1]), Amount: amount, Refund: strings.Contains(rec[2], "退款")})
	}
}
