package order

import (
	"context"
	"fmt"
	"strconv"
	"time"

	invmodel "github.com/acme/shop/internal/model/inventory"
	"github.com/acme/shop/pkg/errs"
	"github.com/acme/shop/pkg/log"
	"github.com/acme/shop/pkg/money"
)

func flashKey(skuID int64) string { return "flash:stock:" + strconv.FormatInt(skuID, 10) }

// flashTake decrements in Redis first; the database follows. left < 0 means sold out and already given back.
func (s *Service) flashTake(ctx context.Context, skuID, userID int64, qty int32) (int64, error) {
	mine, err := s.Cache.Incr(ctx, fmt.Sprintf("flash:user:%d:%d", skuID, userID), 24*time.Hour)
	if err != nil {
		return 0, errs.Wrap(err, errs.Unavailable, "flash")
	}
	if mine > 2 {
		return 0, errs.New(errs.TooManyRequests, "two per person")
	}
	left, err := s.Cache.Redis().DecrBy(ctx, flashKey(skuID), int64(qty)).Result()
	if err != nil {
		return 0, errs.Wrap(err, errs.Unavailable, "flash")
	}
	if left < 0 {
		if err := s.Cache.Redis().IncrBy(ctx, flashKey(skuID), int64(qty)).Err(); err != nil {
			log.Error(ctx, "flash undo", log.Int64("sku", skuID), log.Err(err))
		}
	}
	return left, nil
}

func (s *Service) flashGiveBack(ctx context.Context, skuID, userID int64, qty int32) error {
	s.Cache.Del(ctx, fmt.Sprintf("flash:user:%d:%d", skuID, userID))
	return s.Cache.Redis().IncrBy(ctx, flashKey(skuID), int64(qty)).Err()
}

func (s *Service) flashPrice(ctx context.Context, sku *invmodel.Sku) money.Amount {
	raw, err := s.Cache.Redis().HGet(ctx, "flash:price", strconv.FormatInt(sku.ID, 10)).Int64()
	if err != nil || raw <= 0 || money.Amount(raw) > sku.Price {
		return sku.Price
	}
	return money.Amount(raw)
}

// WarmFlash loads the stock of a sale into Redis before it starts.
func (s *Service) WarmFlash(ctx context.Context, prices map[int64]money.Amount, stock map[int64]int64) error {
	pipe := s.Cache.Redis().Pipeline()
	for sku, p := range prices {
		pipe.HSet(ctx, "flash:price", strconv.FormatInt(sku, 10), p.Int64())
	}
	for sku, n := range stock {
		pipe.Set(ctx, flashKey(sku), n, 48*time.Hour)
	}
	_, err := pipe.Exec(ctx)
	return errs.Wrap(err, errs.Unavailable, "warm flash")
}
