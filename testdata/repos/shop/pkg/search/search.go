// Package search talks to Elasticsearch over plain HTTP.
package search

import (
	"bytes"
	"context"
	"encoding/json"
	"net/http"
	"strconv"
	"time"

	invmodel "github.com/acme/shop/internal/model/inventory"
	"github.com/acme/shop/pkg/errs"
)

type Client struct {
	base  string
	index string
	hc    *http.Client
}

func New(base, index string) *Client {
	return &Client{base: base, index: index, hc: &http.Client{Timeout: 2 * time.Second}}
}

type doc struct {
	Title    string `json:"title"`
	SubTitle string `json:"sub_title"`
	Category int64  `json:"category_id"`
	Brand    int64  `json:"brand_id"`
	Sales    int64  `json:"sales"`
	OnSale   bool   `json:"on_sale"`
}

// Index writes one product; the caller retries.
func (c *Client) Index(ctx context.Context, s *invmodel.Spu) error {
	b, err := json.Marshal(doc{Title: s.Title, SubTitle: s.SubTitle, Category: s.CategoryID, Brand: s.BrandID, Sales: s.SalesCount, OnSale: s.Status == invmodel.SpuOnSale})
	if err != nil {
		return err
	}
	return c.call(ctx, http.MethodPut, "/_doc/"+strconv.FormatInt(s.ID, 10), b, nil)
}

// Query returns product ids, best first.
func (c *Client) Query(ctx context.Context, words string, from, size int) ([]int64, error) {
	q := map[string]any{
		"from": from, "size": size, "_source": false,
		"query": map[string]any{"bool": map[string]any{
			"must":   map[string]any{"multi_match": map[string]any{"query": words, "fields": []string{"title^3", "sub_title"}}},
			"filter": map[string]any{"term": map[string]any{"on_sale": true}},
		}},
	}
	b, err := json.Marshal(q)
	if err != nil {
		return nil, err
	}
	var out struct {
		Hits struct {
			Hits []struct {
				ID string `json:"_id"`
			} `json:"hits"`
		} `json:"hits"`
	}
	if err := c.call(ctx, http.MethodPost, "/_search", b, &out); err != nil {
		return nil, err
	}
	ids := make([]int64, 0, len(out.Hits.Hits))
	for _, h := range out.Hits.Hits {
		if id, err := strconv.ParseInt(h.ID, 10, 64); err == nil {
			ids = append(ids, id)
		}
	}
	return ids, nil
}

func (c *Client) call(ctx context.Context, method, path string, body []byte, out any) error {
	req, err := http.NewRequestWithContext(ctx, method, c.base+"/"+c.index+path, bytes.NewReader(body))
	if err != nil {
		return err
	}
	req.Header.Set("Content-Type", "application/json")
	resp, err := c.hc.Do(req)
	if err != nil {
		return errs.Wrap(err, errs.Unavailable, "elasticsearch")
	}
	defer resp.Body.Close()
	if resp.StatusCode >= 300 {
		return errs.Newf(errs.Unavailable, "elasticsearch %s: %d", path, resp.StatusCode)
	}
	if out == nil {
		return nil
	}
	return json.NewDecoder(resp.Body).Decode(out)
}
