package mysql

import (
	"context"

	"gorm.io/gorm"

	"github.com/acme/shop/internal/shipping/domain/carrier"
	"github.com/acme/shop/internal/shipping/domain/freight"
	"github.com/acme/shop/pkg/errs"
	"github.com/acme/shop/pkg/money"
	"github.com/acme/shop/pkg/store"
)

type CarrierRepo struct{ db *gorm.DB }

func NewCarrierRepo(db *gorm.DB) *CarrierRepo { return &CarrierRepo{db: db} }

func (r *CarrierRepo) Enabled(ctx context.Context) ([]carrier.Carrier, error) {
	var out []carrier.Carrier
	err := store.From(ctx, r.db).Table("t_carrier").Where("enabled = 1").Order("sort").Find(&out).Error
	return out, err
}

type tariffRow struct {
	Carrier   string `gorm:"column:carrier;primaryKey"`
	FirstGram int64  `gorm:"column:first_gram"`
	FirstFee  int64  `gorm:"column:first_fee"`
	NextGram  int64  `gorm:"column:next_gram"`
	NextFee   int64  `gorm:"column:next_fee"`
	Remote    int64  `gorm:"column:remote_fee"`
	FreeFrom  int64  `gorm:"column:free_from"`
}

func (tariffRow) TableName() string { return "t_tariff" }

type TariffRepo struct{ db *gorm.DB }

func NewTariffRepo(db *gorm.DB) *TariffRepo { return &TariffRepo{db: db} }

func (r *TariffRepo) Of(ctx context.Context, carrier string) (freight.Tariff, error) {
	var t tariffRow
	if err := store.From(ctx, r.db).Where("carrier = ?", carrier).Take(&t).Error; err != nil {
		return freight.Tariff{}, errs.Wrap(err, errs.NotFound, "tariff of "+carrier)
	}
	return freight.Tariff{Carrier: t.Carrier, FirstGram: t.FirstGram, FirstFee: money.Amount(t.FirstFee), NextGram: t.NextGram,
		NextFee: money.Amount(t.NextFee), Remote: money.Amount(t.Remote), FreeFrom: money.Amount(t.FreeFrom)}, nil
}
