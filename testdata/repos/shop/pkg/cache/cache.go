// Package cache is JSON in Redis, with counters.
package cache

import (
	"context"
	"encoding/json"
	"errors"
	"time"

	"github.com/redis/go-redis/v9"
	"golang.org/x/sync/singleflight"

	"github.com/acme/shop/pkg/log"
)

type Client struct {
	rdb redis.UniversalClient
	sf  singleflight.Group
}

func New(rdb redis.UniversalClient) *Client { return &Client{rdb: rdb} }

func (c *Client) Redis() redis.UniversalClient { return c.rdb }

// GetJSON reports whether key was there.
func (c *Client) GetJSON(ctx context.Context, key string, out any) (bool, error) {
	if c == nil {
		return false, nil
	}
	b, err := c.rdb.Get(ctx, key).Bytes()
	if errors.Is(err, redis.Nil) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	return true, json.Unmarshal(b, out)
}

func (c *Client) SetJSON(ctx context.Context, key string, v any, ttl time.Duration) error {
	if c == nil {
		return nil
	}
	b, err := json.Marshal(v)
	if err != nil {
		return err
	}
	return c.rdb.Set(ctx, key, b, ttl).Err()
}

func (c *Client) Del(ctx context.Context, keys ...string) {
	if c == nil || len(keys) == 0 {
		return
	}
	if err := c.rdb.Del(ctx, keys...).Err(); err != nil {
		log.Warn(ctx, "cache del", log.Any("keys", keys), log.Err(err))
	}
}

// Incr counts within a window; the first hit sets the expiry.
func (c *Client) Incr(ctx context.Context, key string, window time.Duration) (int64, error) {
	n, err := c.rdb.Incr(ctx, key).Result()
	if err != nil {
		return 0, err
	}
	if n == 1 {
		err = c.rdb.Expire(ctx, key, window).Err()
	}
	return n, err
}

// Load fills a miss once per process, 防止缓存击穿.
func (c *Client) Load(ctx context.Context, key string, ttl time.Duration, out any, fill func(context.Context) (any, error)) error {
	if hit, err := c.GetJSON(ctx, key, out); err == nil && hit {
		return nil
	}
	v, err, _ := c.sf.Do(key, func() (any, error) {
		v, err := fill(ctx)
		if err != nil {
			return nil, err
		}
		return v, c.SetJSON(ctx, key, v, ttl)
	})
	if err != nil {
		return err
	}
	b, err := json.Marshal(v)
	if err != nil {
		return err
	}
	return json.Unmarshal(b, out)
}
