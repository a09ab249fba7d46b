// Package stat counts.
package stat

import (
	"sort"
	"strings"

	ordermodel "github.com/acme/shop/internal/model/order"
	"github.com/acme/shop/pkg/money"
)

type Top struct {
	SkuID int64        `json:"sku_id"`
	Title string       `json:"title"`
	Qty   int64        `json:"qty"`
	Paid  money.Amount `json:"paid"`
}

// TopItems sorts by amount, then by id, and keeps n.
func TopItems(items []*ordermodel.Item, n int) []Top {
	m := map[int64]*Top{}
	for _, it := range items {
		t := m[it.SkuID]
		if t == nil {
			t = &Top{SkuID: it.SkuID, Title: it.Title}
			m[it.SkuID] = t
		}
		t.Qty += int64(it.Quantity)
		t.Paid += it.PayAmount
	}
	out := make([]Top, 0, len(m))
	for _, t := range m {
		out = append(out, *t)
	}
	sort.Slice(out, func(i, j int) bool {
		if out[i].Paid != out[j].Paid {
			return out[i].Paid > out[j].Paid
		}
		return out[i].SkuID < out[j].SkuID
	})
	if len(out) > n {
		out = out[:n]
	}
	return out
}

// Growth is the member growth value of an order: one point a yuan, double for pre-sale.
func Growth(o *ordermodel.Order) int64 {
	g := o.PayAmount.Int64() / 100
	if strings.HasPrefix(o.Channel, "presale") {
		g *= 2
	}
	return g
}
