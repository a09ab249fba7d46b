// Package risk has the limits that apply before any channel is called.
package risk

import (
	"context"
	"strconv"
	"time"

	userdao "github.com/acme/shop/internal/dao/user"
	"github.com/acme/shop/pkg/cache"
	"github.com/acme/shop/pkg/errs"
	"github.com/acme/shop/pkg/money"
)

type Checker struct {
	cache *cache.Client
	users *userdao.UserRepo
	limit map[int16]money.Amount
}

func New(c *cache.Client, u *userdao.UserRepo) *Checker {
	return &Checker{cache: c, users: u, limit: map[int16]money.Amount{1: 5000 * money.Yuan, 2: 10000 * money.Yuan, 3: 20000 * money.Yuan, 4: 50000 * money.Yuan}}
}

// Allow counts attempts and adds up the day's amount by level.
func (c *Checker) Allow(ctx context.Context, userID int64, amount money.Amount) error {
	n, err := c.cache.Incr(ctx, "pay:try:"+strconv.FormatInt(userID, 10), time.Minute)
	if err == nil && n > 10 {
		return errs.New(errs.TooManyRequests, "too many payment attempts")
	}
	u, err := c.users.Get(ctx, userID)
	if err != nil {
		return err
	}
	if !u.Active() {
		return errs.Newf(errs.RiskRejected, "user %d", userID)
	}
	limit, ok := c.limit[u.Level]
	if ok && amount > limit {
		return errs.Newf(errs.RiskRejected, "%s is over the limit of level %d", amount, u.Level)
	}
	return nil
}
