// Package setting is the key-value table that operations edit.
package setting

import (
	"context"
	"time"

	"github.com/acme/shop/internal/dao"
)

type Row struct {
	Key       string    `gorm:"column:k;primaryKey;size:128"`
	Value     string    `gorm:"column:v;type:text"`
	UpdatedBy string    `gorm:"column:updated_by;size:64"`
	UpdatedAt time.Time `gorm:"column:updated_at"`
}

func (Row) TableName() string { return "t_setting" }

type Repo struct{ *dao.Base }

func New(b *dao.Base) *Repo { return &Repo{Base: b} }

func (r *Repo) Get(ctx context.Context, key, def string) string {
	var row Row
	if err := r.DB(ctx).Where("k = ?", key).Take(&row).Error; err != nil {
		return def
	}
	return row.Value
}

func (r *Repo) ByPrefix(ctx context.Context, prefix string) ([]Row, error) {
	var rows []Row
	err := r.DB(ctx).Where("k LIKE ?", prefix+"%").Order("k").Find(&rows).Error
	return rows, dao.Translate(err, "t_setting")
}

func (r *Repo) Put(ctx context.Context, key, value, by string) error {
	err := r.DB(ctx).Exec("REPLACE INTO t_setting (k, v, updated_by, updated_at) VALUES (?, ?, ?, ?)", key, value, by, time.Now()).Error
	return dao.Translate(err, "t_setting")
}
