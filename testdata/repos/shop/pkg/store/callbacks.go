package store

import (
	"time"

	"gorm.io/gorm"

	basemodel "github.com/acme/shop/internal/model/base"
)

// RegisterCallbacks stamps created_at and updated_at for every model that embeds base.Timestamps.
func RegisterCallbacks(db *gorm.DB) error {
	return db.Callback().Create().Before("gorm:create").Register("shop:timestamps", func(tx *gorm.DB) {
		if tx.Statement.Schema == nil {
			return
		}
		if s, ok := tx.Statement.Dest.(basemodel.Stamper); ok {
			s.Stamp(time.Now())
		}
	})
}
