// Package redis caches quotes by province.
package redis

import (
	"context"
	"strconv"
	"time"

	goredis "github.com/redis/go-redis/v9"
)

type QuoteCache struct {
	rdb goredis.UniversalClient
	ttl time.Duration
}

func NewQuoteCache(rdb goredis.UniversalClient) *QuoteCache {
	return &QuoteCache{rdb: rdb, ttl: 10 * time.Minute}
}

func key(province string) string { return "shipping:quote:" + province }

func (c *QuoteCache) Get(ctx context.Context, province string, gram int64) (int64, bool) {
	n, err := c.rdb.HGet(ctx, key(province), strconv.FormatInt(gram/500, 10)).Int64()
	return n, err == nil
}

func (c *QuoteCache) Put(ctx context.Context, province string, gram, cents int64) error {
	pipe := c.rdb.TxPipeline()
	pipe.HSet(ctx, key(province), strconv.FormatInt(gram/500, 10), cents)
	pipe.Expire(ctx, key(province), c.ttl)
	_, err := pipe.Exec(ctx)
	return err
}

func (c *QuoteCache) Drop(ctx context.Context, province string) error {
	return c.rdb.Del(ctx, key(province)).Err()
}
