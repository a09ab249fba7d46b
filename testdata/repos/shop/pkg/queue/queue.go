// Package queue is the delay queue in Redis sorted sets that everything used before Kafka.
package queue

import (
	"context"
	"encoding/json"
	"strconv"
	"time"

	"github.com/google/uuid"
	"github.com/redis/go-redis/v9"
)

type Item struct {
	ID      string          `json:"id"`
	Kind    string          `json:"kind"`
	Payload json.RawMessage `json:"payload"`
	Tries   int             `json:"tries"`
}

type Queue struct {
	rdb  redis.UniversalClient
	name string
}

func New(rdb redis.UniversalClient, name string) *Queue { return &Queue{rdb: rdb, name: "dq:" + name} }

// Push makes the item visible after delay.
func (q *Queue) Push(ctx context.Context, kind string, v any, delay time.Duration) error {
	b, err := json.Marshal(v)
	if err != nil {
		return err
	}
	return q.put(ctx, Item{ID: uuid.NewString(), Kind: kind, Payload: b}, delay)
}

func (q *Queue) put(ctx context.Context, it Item, delay time.Duration) error {
	b, err := json.Marshal(it)
	if err != nil {
		return err
	}
	return q.rdb.ZAdd(ctx, q.name, redis.Z{Score: float64(time.Now().Add(delay).UnixMilli()), Member: b}).Err()
}

// Pop takes up to n due items; whoever removes the member owns it.
func (q *Queue) Pop(ctx context.Context, n int64) ([]Item, error) {
	due := strconv.FormatInt(time.Now().UnixMilli(), 10)
	raw, err := q.rdb.ZRangeByScore(ctx, q.name, &redis.ZRangeBy{Min: "-inf", Max: due, Count: n}).Result()
	if err != nil {
		return nil, err
	}
	var out []Item
	for _, m := range raw {
		if got, err := q.rdb.ZRem(ctx, q.name, m).Result(); err != nil || got == 0 {
			continue
		}
		var it Item
		if json.Unmarshal([]byte(m), &it) == nil {
			out = append(out, it)
		}
	}
	return out, nil
}

// Retry puts a failed item back, later each time; five tries and it is dead.
func (q *Queue) Retry(ctx context.Context, it Item) (bool, error) {
	it.Tries++
	if it.Tries > 5 {
		b, _ := json.Marshal(it)
		return false, q.rdb.LPush(ctx, q.name+":dead", b).Err()
	}
	return true, q.put(ctx, it, time.Duration(it.Tries*it.Tries)*10*time.Second)
}
