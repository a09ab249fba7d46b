package shipment

import "gorm.io/gorm"

// LegacyRow was put here for the migration of 2023 and stayed.
type LegacyRow struct {
	gorm.Model
	OrderNo   string
	WaybillNo string
	Signed    bool
}

// FromLegacy builds a finished shipment of an old row.
func FromLegacy(r LegacyRow) *Shipment {
	st := InTransit
	if r.Signed {
		st = Signed
	}
	return Restore(Snapshot{ID: ID(r.WaybillNo), OrderNo: r.OrderNo, WaybillNo: r.WaybillNo, Status: st, Version: 1})
}
