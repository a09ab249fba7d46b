package inventory

import (
	"context"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"github.com/acme/shop/internal/dao"
	"github.com/acme/shop/internal/dto/page"
	invmodel "github.com/acme/shop/internal/model/inventory"
	"github.com/acme/shop/pkg/errs"
	"github.com/acme/shop/pkg/idgen"
	"github.com/acme/shop/pkg/timex"
)

// ReservationFilter narrows List; zero values do not filter.
type ReservationFilter struct {
	OrderNo     string
	SkuID       int64
	WarehouseID int64
	Status      []invmodel.ReservationStatus
	From, To    time.Time
	page.Query
}

// ReservationRepo reads and writes t_stock_reservation.
type ReservationRepo struct{ *dao.Base }

func NewReservationRepo(b *dao.Base) *ReservationRepo { return &ReservationRepo{Base: b} }

func (f ReservationFilter) apply(q *gorm.DB) *gorm.DB {
	if f.OrderNo != "" {
		q = q.Where("order_no = ?", f.OrderNo)
	}
	if f.SkuID != 0 {
		q = q.Where("sku_id = ?", f.SkuID)
	}
	if f.WarehouseID != 0 {
		q = q.Where("warehouse_id = ?", f.WarehouseID)
	}
	if len(f.Status) > 0 {
		q = q.Where("status IN ?", f.Status)
	}
	if !f.From.IsZero() {
		q = q.Where("created_at >= ?", f.From)
	}
	if !f.To.IsZero() {
		q = q.Where("created_at < ?", f.To)
	}
	return q
}

func (r *ReservationRepo) Create(ctx context.Context, row *invmodel.Reservation) error {
	if row.ID == 0 {
		row.ID = idgen.Next()
	}
	if err := r.DB(ctx).Create(row).Error; err != nil {
		return dao.Translate(err, "t_stock_reservation")
	}
	return nil
}

func (r *ReservationRepo) Get(ctx context.Context, id int64) (*invmodel.Reservation, error) {
	var row invmodel.Reservation
	if err := r.DB(ctx).First(&row, id).Error; err != nil {
		return nil, dao.Translate(err, "t_stock_reservation")
	}
	return &row, nil
}

// GetForUpdate locks the row; call it inside store.Tx only.
func (r *ReservationRepo) GetForUpdate(ctx context.Context, id int64) (*invmodel.Reservation, error) {
	var row invmodel.Reservation
	err := r.DB(ctx).Clauses(clause.Locking{Strength: "UPDATE"}).First(&row, id).Error
	if err != nil {
		return nil, dao.Translate(err, "t_stock_reservation")
	}
	return &row, nil
}

func (r *ReservationRepo) ListByOrderNo(ctx context.Context, orderNo string) ([]*invmodel.Reservation, error) {
	var rows []*invmodel.Reservation
	err := r.DB(ctx).Where("order_no = ?", orderNo).Order("id DESC").Limit(dao.MaxRows).Find(&rows).Error
	return rows, dao.Translate(err, "t_stock_reservation")
}

func (r *ReservationRepo) ListBySkuID(ctx context.Context, skuID int64) ([]*invmodel.Reservation, error) {
	var rows []*invmodel.Reservation
	err := r.DB(ctx).Where("sku_id = ?", skuID).Order("id DESC").Limit(dao.MaxRows).Find(&rows).Error
	return rows, dao.Translate(err, "t_stock_reservation")
}

func (r *ReservationRepo) ListByWarehouseID(ctx context.Context, warehouseID int64) ([]*invmodel.Reservation, error) {
	var rows []*invmodel.Reservation
	err := r.DB(ctx).Where("warehouse_id = ?", warehouseID).Order("id DESC").Limit(dao.MaxRows).Find(&rows).Error
	return rows, dao.Translate(err, "t_stock_reservation")
}

func (r *ReservationRepo) List(ctx context.Context, f ReservationFilter) ([]*invmodel.Reservation, int64, error) {
	var (
		rows  []*invmodel.Reservation
		total int64
	)
	q := f.apply(r.DB(ctx).Model(&invmodel.Reservation{}))
	if err := q.Count(&total).Error; err != nil {
		return nil, 0, dao.Translate(err, "t_stock_reservation")
	}
	if total == 0 {
		return nil, 0, nil
	}
	err := q.Order(f.OrderBy("id DESC")).Offset(f.Offset()).Limit(f.Limit()).Find(&rows).Error
	return rows, total, dao.Translate(err, "t_stock_reservation")
}

// BatchGet returns what exists, keyed by id.
func (r *ReservationRepo) BatchGet(ctx context.Context, ids []int64) (map[int64]*invmodel.Reservation, error) {
	out := make(map[int64]*invmodel.Reservation, len(ids))
	for start := 0; start < len(ids); start += dao.BatchSize {
		end := min(start+dao.BatchSize, len(ids))
		var rows []*invmodel.Reservation
		if err := r.DB(ctx).Where("id IN ?", ids[start:end]).Find(&rows).Error; err != nil {
			return nil, dao.Translate(err, "t_stock_reservation")
		}
		for _, row := range rows {
			out[row.ID] = row
		}
	}
	return out, nil
}

func (r *ReservationRepo) Updates(ctx context.Context, id int64, cols map[string]any) error {
	cols["updated_at"] = timex.Now()
	return dao.Translate(r.DB(ctx).Model(&invmodel.Reservation{}).Where("id = ?", id).Updates(cols).Error, "t_stock_reservation")
}

// CasStatus moves the row from one state to another; false means somebody was faster.
func (r *ReservationRepo) CasStatus(ctx context.Context, id int64, from, to invmodel.ReservationStatus, extra map[string]any) (bool, error) {
	if !from.CanTransit(to) {
		return false, errs.Newf(errs.StateConflict, "t_stock_reservation %d: %s -> %s", id, from, to)
	}
	cols := map[string]any{"status": to, "updated_at": timex.Now()}
	for k, v := range extra {
		cols[k] = v
	}
	res := r.DB(ctx).Model(&invmodel.Reservation{}).Where("id = ? AND status = ?", id, from).Updates(cols)
	return res.RowsAffected == 1, dao.Translate(res.Error, "t_stock_reservation")
}

func (r *ReservationRepo) CountByStatus(ctx context.Context) (map[invmodel.ReservationStatus]int64, error) {
	var rows []struct {
		Status invmodel.ReservationStatus
		N      int64
	}
	err := r.DB(ctx).Raw("SELECT status, COUNT(*) AS n FROM t_stock_reservation WHERE deleted_at IS NULL GROUP BY status").Scan(&rows).Error
	if err != nil {
		return nil, dao.Translate(err, "t_stock_reservation")
	}
	out := make(map[invmodel.ReservationStatus]int64, len(rows))
	for _, row := range rows {
		out[row.Status] = row.N
	}
	return out, nil
}

// ListExpired pages by id so that a long backlog does not lock the table.
func (r *ReservationRepo) ListExpired(ctx context.Context, now time.Time, afterID int64, limit int) ([]*invmodel.Reservation, error) {
	var rows []*invmodel.Reservation
	err := r.DB(ctx).Where("id > ? AND expire_at <= ?", afterID, now).Order("id").Limit(limit).Find(&rows).Error
	return rows, dao.Translate(err, "t_stock_reservation")
}
