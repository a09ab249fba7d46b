// Package dao has what all repositories share. One package per context is below it.
package dao

import (
	"context"
	"errors"
	"strings"

	"gorm.io/gorm"

	"github.com/acme/shop/pkg/cache"
	"github.com/acme/shop/pkg/errs"
	"github.com/acme/shop/pkg/store"
)

const (
	MaxRows   = 2000
	BatchSize = 200
)

// Base hands out the connection, or the transaction of ctx.
type Base struct {
	db    *gorm.DB
	cache *cache.Client
}

func NewBase(db *gorm.DB, c *cache.Client) *Base { return &Base{db: db, cache: c} }

func (b *Base) DB(ctx context.Context) *gorm.DB { return store.From(ctx, b.db) }

func (b *Base) Cache() *cache.Client { return b.cache }

// Tx runs fn in one transaction over every repository that shares this base.
func (b *Base) Tx(ctx context.Context, fn func(context.Context) error) error {
	return store.Tx(ctx, b.db, fn)
}

// Translate turns what gorm and the driver say into the shop's codes.
func Translate(err error, table string) error {
	switch {
	case err == nil:
		return nil
	case errors.Is(err, gorm.ErrRecordNotFound):
		return errs.Wrap(err, errs.NotFound, table)
	case errors.Is(err, gorm.ErrDuplicatedKey), strings.Contains(err.Error(), "Duplicate entry"):
		return errs.Wrap(err, errs.Conflict, table)
	case strings.Contains(err.Error(), "Deadlock found"), strings.Contains(err.Error(), "Lock wait timeout"):
		return errs.Wrap(err, errs.Unavailable, table)
	}
	return errs.Wrap(err, errs.Internal, table)
}
