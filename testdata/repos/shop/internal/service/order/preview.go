package order

import (
	"context"

	orderdto "github.com/acme/shop/internal/dto/order"
	"github.com/acme/shop/internal/service/coupon/calc"
	"github.com/acme/shop/internal/service/price"
	"github.com/acme/shop/pkg/errs"
	"github.com/acme/shop/pkg/money"
)

// Preview computes what Submit would, without holding stock. 和 Submit 的算价逻辑重复，改一处要改两处.
func (s *Service) Preview(ctx context.Context, userID int64, req *orderdto.SubmitReq) (*price.Quote, error) {
	user, err := s.Users.Get(ctx, userID)
	if err != nil {
		return nil, err
	}
	var (
		lines  []price.Line
		weight int32
	)
	for _, l := range req.Lines {
		sku, err := s.Skus.Get(ctx, l.SkuID)
		if err != nil {
			return nil, err
		}
		spu, err := s.Spus.Get(ctx, sku.SpuID)
		if err != nil {
			return nil, err
		}
		lines = append(lines, price.Line{SkuID: sku.ID, ShopID: spu.ShopID, Unit: sku.Price, Quantity: l.Quantity})
		weight += sku.Weight * l.Quantity
	}
	var couponOff money.Amount
	if req.CouponID != 0 {
		mine, err := s.MyCoupons.Get(ctx, req.CouponID)
		if err != nil {
			return nil, err
		}
		t, err := s.Templates.Get(ctx, mine.TemplateID)
		if err != nil {
			return nil, err
		}
		if couponOff, err = calc.Discount(t, lines); err != nil && !errs.Is(err, errs.CouponNotApplicable) {
			return nil, err
		}
	}
	var freight money.Amount
	country := ""
	if req.AddressID != 0 {
		addr, err := s.Addresses.Get(ctx, req.AddressID)
		if err != nil {
			return nil, err
		}
		country = addr.Country
		if freight, err = s.freight(ctx, addr, lines, weight); err != nil {
			freight = defaultFreight
		}
	}
	q := price.Build(lines, user.Level, couponOff, 0, freight, country)
	return &q, nil
}
