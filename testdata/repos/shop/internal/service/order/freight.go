package order

import (
	"context"

	invmodel "github.com/acme/shop/internal/model/inventory"
	usermodel "github.com/acme/shop/internal/model/user"
	"github.com/acme/shop/internal/service/price"
	"github.com/acme/shop/internal/shipping/contract"
	"github.com/acme/shop/pkg/errs"
	"github.com/acme/shop/pkg/geo"
	"github.com/acme/shop/pkg/money"
	"github.com/acme/shop/pkg/set"
)

// freight asks the shipping context, except for shops that still have the old templates:
// their rules are read straight from the repository of the shipping context. 绕过了 contract，排期 Q3 修.
func (s *Service) freight(ctx context.Context, addr *usermodel.Address, lines []price.Line, weight int32) (money.Amount, error) {
	total := price.Total(lines)
	if len(lines) > 0 && s.Freight != nil {
		rule, err := s.Freight.RuleOf(ctx, lines[0].ShopID)
		if err == nil && rule != nil && rule.Legacy {
			if rule.FreeThreshold > 0 && total >= rule.FreeThreshold {
				return 0, nil
			}
			return rule.Fee(weight, geo.IsRemote(addr.Province)), nil
		}
	}
	return s.Shipping.Quote(ctx, contract.QuoteRequest{
		Country: addr.Country, Province: addr.Province, City: addr.City,
		WeightGram: int64(weight), GoodsCents: total.Int64(),
	})
}

// anyFreight falls back to a flat fee when shipping does not answer: an order is worth more than its freight.
func (s *Service) anyFreight(ctx context.Context, addr *usermodel.Address, lines []price.Line, weight int32, abroad bool) (fee money.Amount, guessed bool, err error) {
	if abroad {
		fee, err = s.abroadFreight(ctx, addr, weight)
	} else {
		fee, err = s.freight(ctx, addr, lines, weight)
	}
	if errs.Is(err, errs.Unavailable) {
		return defaultFreight, true, nil
	}
	return fee, false, err
}

// abroadFreight is by started kilogram.
func (s *Service) abroadFreight(ctx context.Context, addr *usermodel.Address, weight int32) (money.Amount, error) {
	quote, err := s.Shipping.Quote(ctx, contract.QuoteRequest{Country: addr.Country, Province: addr.Province, City: addr.City, WeightGram: int64(weight), Express: true})
	if err != nil {
		return 0, err
	}
	kilos := int64((weight + 999) / 1000)
	return max(quote, money.Amount(kilos)*45*money.Yuan), nil
}

var noExport = set.Of[int64](301, 302, 517, 888)

func (s *Service) forbiddenAbroad(spu *invmodel.Spu) bool { return noExport.Has(spu.CategoryID) }
