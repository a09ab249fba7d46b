package goods

import (
	"context"

	invdao "github.com/acme/shop/internal/dao/inventory"
	"github.com/acme/shop/internal/dto/page"
	invmodel "github.com/acme/shop/internal/model/inventory"
	invsvc "github.com/acme/shop/internal/service/inventory"
	"github.com/acme/shop/pkg/money"
	"github.com/acme/shop/pkg/search"
)

// Searcher joins the index with prices and stock.
type Searcher struct {
	spus  *invdao.SpuRepo
	skus  *invdao.SkuRepo
	es    *search.Client
	stock *invsvc.StockService
}

func NewSearcher(s *invdao.SpuRepo, k *invdao.SkuRepo, es *search.Client, st *invsvc.StockService) *Searcher {
	return &Searcher{spus: s, skus: k, es: es, stock: st}
}

type Hit struct {
	SpuID int64        `json:"spu_id,string"`
	Title string       `json:"title"`
	From  money.Amount `json:"from"`
	Stock int64        `json:"stock"`
}

// Search keeps the index's order; products that vanished are left out.
func (s *Searcher) Search(ctx context.Context, words string, q page.Query) ([]Hit, error) {
	ids, err := s.es.Query(ctx, words, q.Offset(), q.Limit())
	if err != nil {
		return nil, err
	}
	spus, err := s.spus.BatchGet(ctx, ids)
	if err != nil {
		return nil, err
	}
	var out []Hit
	for _, id := range ids {
		spu, ok := spus[id]
		if !ok || spu.Status != invmodel.SpuOnSale {
			continue
		}
		skus, _, err := s.skus.List(ctx, invdao.SkuFilter{SpuID: id})
		if err != nil {
			return nil, err
		}
		h := Hit{SpuID: id, Title: spu.Title}
		var skuIDs []int64
		for i, k := range skus {
			if i == 0 || k.Price < h.From {
				h.From = k.Price
			}
			skuIDs = append(skuIDs, k.ID)
		}
		left, err := s.stock.Available(ctx, skuIDs)
		if err != nil {
			return nil, err
		}
		for _, n := range left {
			h.Stock += n
		}
		out = append(out, h)
	}
	return out, nil
}

// Reindex pages through all products.
func (s *Searcher) Reindex(ctx context.Context) (int, error) {
	n := 0
	for p := 1; ; p++ {
		rows, _, err := s.spus.List(ctx, invdao.SpuFilter{Query: page.Query{Page: p, Size: 200, Sort: "id"}})
		if err != nil || len(rows) == 0 {
			return n, err
		}
		for _, r := range rows {
			if err := s.es.Index(ctx, r); err != nil {
				return n, err
			}
			n++
		}
	}
}
