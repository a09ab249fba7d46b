// Package mysql stores shipments.
package mysql

import (
	"context"
	"errors"
	"time"

	"gorm.io/gorm"

	"github.com/acme/shop/internal/shipping/domain/shipment"
	"github.com/acme/shop/pkg/errs"
	"github.com/acme/shop/pkg/store"
)

type row struct {
	ID        string    `gorm:"column:id;primaryKey;size:36"`
	OrderNo   string    `gorm:"column:order_no;index;size:32"`
	Warehouse int64     `gorm:"column:warehouse_id"`
	Receiver  string    `gorm:"column:receiver;type:text"`
	Lines     string    `gorm:"column:lines;type:text"`
	Carrier   string    `gorm:"column:carrier;size:16"`
	WaybillNo string    `gorm:"column:waybill_no;size:64;index"`
	Status    int       `gorm:"column:status"`
	Steps     string    `gorm:"column:steps;type:mediumtext"`
	Version   int       `gorm:"column:version"`
	UpdatedAt time.Time `gorm:"column:updated_at;index"`
	CreatedAt time.Time `gorm:"column:created_at"`
}

func (row) TableName() string { return "t_shipment" }

type ShipmentRepo struct{ db *gorm.DB }

func NewShipmentRepo(db *gorm.DB) *ShipmentRepo { return &ShipmentRepo{db: db} }

// Save inserts version 0 and updates under the old version otherwise.
func (r *ShipmentRepo) Save(ctx context.Context, s *shipment.Shipment) error {
	n := s.Snapshot()
	rw, err := toRow(n)
	if err != nil {
		return err
	}
	db := store.From(ctx, r.db)
	if n.Version == 0 {
		rw.Version = 1
		return db.Create(rw).Error
	}
	rw.Version = n.Version + 1
	res := db.Model(&row{}).Where("id = ? AND version = ?", rw.ID, n.Version).
		Updates(map[string]any{"carrier": rw.Carrier, "waybill_no": rw.WaybillNo, "status": rw.Status, "steps": rw.Steps, "version": rw.Version})
	if res.Error == nil && res.RowsAffected == 0 {
		return errs.Newf(errs.Conflict, "shipment %s", rw.ID)
	}
	return res.Error
}

func (r *ShipmentRepo) ByID(ctx context.Context, id shipment.ID) (*shipment.Shipment, error) {
	return r.one(ctx, "id = ?", string(id))
}

func (r *ShipmentRepo) ByWaybill(ctx context.Context, carrier, no string) (*shipment.Shipment, error) {
	return r.one(ctx, "carrier = ? AND waybill_no = ?", carrier, no)
}

func (r *ShipmentRepo) ByOrder(ctx context.Context, orderNo string) ([]*shipment.Shipment, error) {
	return r.many(store.From(ctx, r.db).Where("order_no = ?", orderNo).Order("created_at"))
}

func (r *ShipmentRepo) Open(ctx context.Context, before time.Time, limit int) ([]*shipment.Shipment, error) {
	return r.many(store.From(ctx, r.db).Where("status < ? AND updated_at < ?", int(shipment.Signed), before).Order("updated_at").Limit(limit))
}

func (r *ShipmentRepo) one(ctx context.Context, cond string, args ...any) (*shipment.Shipment, error) {
	var rw row
	err := store.From(ctx, r.db).Where(cond, args...).Take(&rw).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return nil, shipment.ErrNotFound
	}
	if err != nil {
		return nil, err
	}
	return fromRow(rw)
}

func (r *ShipmentRepo) many(q *gorm.DB) ([]*shipment.Shipment, error) {
	var rows []row
	if err := q.Find(&rows).Error; err != nil {
		return nil, err
	}
	out := make([]*shipment.Shipment, 0, len(rows))
	for _, rw := range rows {
		s, err := fromRow(rw)
		if err != nil {
			return nil, err
		}
		out = append(out, s)
	}
	return out, nil
}
