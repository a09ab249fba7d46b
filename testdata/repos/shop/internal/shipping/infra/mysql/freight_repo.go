package mysql

import (
	"context"
	"errors"

	"gorm.io/gorm"

	shipmodel "github.com/acme/shop/internal/model/shipping"
	"github.com/acme/shop/pkg/money"
	"github.com/acme/shop/pkg/store"
)

// FreightRepo reads the old templates until all shops are moved (剩 37 家).
type FreightRepo struct{ db *gorm.DB }

func NewFreightRepo(db *gorm.DB) *FreightRepo { return &FreightRepo{db: db} }

type Rule struct {
	Legacy        bool
	FreeThreshold money.Amount
	first, next   int32
	firstFee      money.Amount
	nextFee       money.Amount
}

func (r *FreightRepo) RuleOf(ctx context.Context, shopID int64) (*Rule, error) {
	var t shipmodel.FreightTemplate
	err := store.From(ctx, r.db).Where("shop_id = ?", shopID).Order("id DESC").Take(&t).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	return &Rule{Legacy: t.ChargeKind != "tariff", FreeThreshold: t.FreeThreshold, first: t.FirstUnit, next: t.NextUnit, firstFee: t.FirstFee, nextFee: t.NextFee}, nil
}

func (r *Rule) Fee(weight int32, remote bool) money.Amount {
	fee := r.firstFee
	if weight > r.first && r.next > 0 {
		fee += r.nextFee.Mul(int64((weight - r.first + r.next - 1) / r.next))
	}
	if remote {
		fee += 10 * money.Yuan
	}
	return fee
}
