package cache

import (
	"context"
	"strconv"
	"time"

	usermodel "github.com/acme/shop/internal/model/user"
)

const userTTL = 30 * time.Minute

func userKey(id int64) string { return "user:profile:" + strconv.FormatInt(id, 10) }

// GetUser exists because every service cached the user under a key of its own (2021 年统一).
func (c *Client) GetUser(ctx context.Context, id int64) (*usermodel.User, bool) {
	var u usermodel.User
	hit, err := c.GetJSON(ctx, userKey(id), &u)
	if err != nil || !hit {
		return nil, false
	}
	return &u, true
}

func (c *Client) SetUser(ctx context.Context, u *usermodel.User) error {
	return c.SetJSON(ctx, userKey(u.ID), u, userTTL)
}

func (c *Client) DropUser(ctx context.Context, id int64) { c.Del(ctx, userKey(id)) }
