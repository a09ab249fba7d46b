// Package base has what every table has.
package base

import (
	"time"

	"gorm.io/gorm"
)

// Timestamps is embedded by all models; rows are never deleted for real (软删除).
type Timestamps struct {
	CreatedAt time.Time      `gorm:"column:created_at;index" json:"created_at"`
	UpdatedAt time.Time      `gorm:"column:updated_at" json:"updated_at"`
	DeletedAt gorm.DeletedAt `gorm:"column:deleted_at;index" json:"-"`
}

// Stamper is what the store's callback looks for.
type Stamper interface{ Stamp(now time.Time) }

func (t *Timestamps) Stamp(now time.Time) {
	if t.CreatedAt.IsZero() {
		t.CreatedAt = now
	}
	t.UpdatedAt = now
}
