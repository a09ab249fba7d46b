// Package pos takes the receipts of the shops in the malls.
package pos

import (
	"context"

	invdao "github.com/acme/shop/internal/dao/inventory"
	invsvc "github.com/acme/shop/internal/service/inventory"
	"github.com/acme/shop/pkg/barcode"
	"github.com/acme/shop/pkg/errs"
	"github.com/acme/shop/pkg/money"
)

type Receipt struct {
	Store  string
	No     string
	Lines  []Line
	Amount money.Amount
}

type Line struct {
	Barcode string
	Qty     int64
}

type Service struct {
	skus  *invdao.SkuRepo
	stock *invsvc.StockService
}

func New(k *invdao.SkuRepo, s *invsvc.StockService) *Service { return &Service{skus: k, stock: s} }

// Book deducts each line; store 1xx belongs to warehouse 1, and so on.
func (s *Service) Book(ctx context.Context, r Receipt) error {
	if len(r.Store) == 0 {
		return errs.New(errs.InvalidArgument, "store")
	}
	wh := int64(r.Store[0] - '0')
	for _, l := range r.Lines {
		if err := barcode.Valid(l.Barcode); err != nil {
			return errs.Wrap(err, errs.InvalidArgument, l.Barcode)
		}
		skus, err := s.skus.ListByBarcode(ctx, l.Barcode)
		if err != nil {
			return err
		}
		if len(skus) == 0 {
			return errs.Newf(errs.NotFound, "barcode %s", l.Barcode)
		}
		if err := s.stock.Deduct(ctx, skus[0].ID, wh, l.Qty, "pos", r.No); err != nil {
			return err
		}
	}
	return nil
}
