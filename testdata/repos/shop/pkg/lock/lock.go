// Package lock is a Redis lock with a token, good enough for "not twice", not for money.
package lock

import (
	"context"
	"errors"
	"time"

	"github.com/google/uuid"
	"github.com/redis/go-redis/v9"

	"github.com/acme/shop/pkg/log"
)

var ErrHeld = errors.New("lock: held by somebody else")

const releaseScript = `if redis.call("get", KEYS[1]) == ARGV[1] then return redis.call("del", KEYS[1]) else return 0 end`

type Locker struct{ rdb redis.UniversalClient }

func New(rdb redis.UniversalClient) *Locker { return &Locker{rdb: rdb} }

type Lock struct {
	l          *Locker
	key, token string
}

func (l *Locker) Acquire(ctx context.Context, key string, ttl time.Duration) (*Lock, error) {
	token := uuid.NewString()
	ok, err := l.rdb.SetNX(ctx, "lock:"+key, token, ttl).Result()
	if err != nil {
		return nil, err
	}
	if !ok {
		return nil, ErrHeld
	}
	return &Lock{l: l, key: "lock:" + key, token: token}, nil
}

// Release is safe after expiry: it only deletes its own token.
func (k *Lock) Release(ctx context.Context) {
	if k == nil {
		return
	}
	if err := k.l.rdb.Eval(ctx, releaseScript, []string{k.key}, k.token).Err(); err != nil && !errors.Is(err, redis.Nil) {
		log.Warn(ctx, "release lock", log.String("key", k.key), log.Err(err))
	}
}

// With runs fn under the lock.
func (l *Locker) With(ctx context.Context, key string, ttl time.Duration, fn func(context.Context) error) error {
	k, err := l.Acquire(ctx, key, ttl)
	if err != nil {
		return err
	}
	defer k.Release(ctx)
	return fn(ctx)
}
