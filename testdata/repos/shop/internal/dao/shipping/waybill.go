package shipping

import (
	"context"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"github.com/acme/shop/internal/dao"
	"github.com/acme/shop/internal/dto/page"
	shipmodel "github.com/acme/shop/internal/model/shipping"
	"github.com/acme/shop/pkg/errs"
	"github.com/acme/shop/pkg/idgen"
	"github.com/acme/shop/pkg/money"
	"github.com/acme/shop/pkg/timex"
)

// WaybillFilter narrows List; zero values do not filter.
type WaybillFilter struct {
	WaybillNo   string
	OrderNo     string
	CarrierCode string
	Status      []shipmodel.WaybillStatus
	From, To    time.Time
	page.Query
}

// WaybillRepo reads and writes t_waybill.
type WaybillRepo struct{ *dao.Base }

func NewWaybillRepo(b *dao.Base) *WaybillRepo { return &WaybillRepo{Base: b} }

func (f WaybillFilter) apply(q *gorm.DB) *gorm.DB {
	if f.WaybillNo != "" {
		q = q.Where("waybill_no = ?", f.WaybillNo)
	}
	if f.OrderNo != "" {
		q = q.Where("order_no = ?", f.OrderNo)
	}
	if f.CarrierCode != "" {
		q = q.Where("carrier_code = ?", f.CarrierCode)
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

func (r *WaybillRepo) Create(ctx context.Context, row *shipmodel.Waybill) error {
	if row.ID == 0 {
		row.ID = idgen.Next()
	}
	if err := r.DB(ctx).Create(row).Error; err != nil {
		return dao.Translate(err, "t_waybill")
	}
	return nil
}

func (r *WaybillRepo) Get(ctx context.Context, id int64) (*shipmodel.Waybill, error) {
	var row shipmodel.Waybill
	if err := r.DB(ctx).First(&row, id).Error; err != nil {
		return nil, dao.Translate(err, "t_waybill")
	}
	return &row, nil
}

// GetForUpdate locks the row; call it inside store.Tx only.
func (r *WaybillRepo) GetForUpdate(ctx context.Context, id int64) (*shipmodel.Waybill, error) {
	var row shipmodel.Waybill
	err := r.DB(ctx).Clauses(clause.Locking{Strength: "UPDATE"}).First(&row, id).Error
	if err != nil {
		return nil, dao.Translate(err, "t_waybill")
	}
	return &row, nil
}

func (r *WaybillRepo) GetByWaybillNo(ctx context.Context, waybillNo string) (*shipmodel.Waybill, error) {
	var row shipmodel.Waybill
	if err := r.DB(ctx).Where("waybill_no = ?", waybillNo).Take(&row).Error; err != nil {
		return nil, dao.Translate(err, "t_waybill")
	}
	return &row, nil
}

func (r *WaybillRepo) ListByOrderNo(ctx context.Context, orderNo string) ([]*shipmodel.Waybill, error) {
	var rows []*shipmodel.Waybill
	err := r.DB(ctx).Where("order_no = ?", orderNo).Order("id DESC").Limit(dao.MaxRows).Find(&rows).Error
	return rows, dao.Translate(err, "t_waybill")
}

func (r *WaybillRepo) List(ctx context.Context, f WaybillFilter) ([]*shipmodel.Waybill, int64, error) {
	var (
		rows  []*shipmodel.Waybill
		total int64
	)
	q := f.apply(r.DB(ctx).Model(&shipmodel.Waybill{}))
	if err := q.Count(&total).Error; err != nil {
		return nil, 0, dao.Translate(err, "t_waybill")
	}
	if total == 0 {
		return nil, 0, nil
	}
	err := q.Order(f.OrderBy("id DESC")).Offset(f.Offset()).Limit(f.Limit()).Find(&rows).Error
	return rows, total, dao.Translate(err, "t_waybill")
}

// BatchGet returns what exists, keyed by id.
func (r *WaybillRepo) BatchGet(ctx context.Context, ids []int64) (map[int64]*shipmodel.Waybill, error) {
	out := make(map[int64]*shipmodel.Waybill, len(ids))
	for start := 0; start < len(ids); start += dao.BatchSize {
		end := min(start+dao.BatchSize, len(ids))
		var rows []*shipmodel.Waybill
		if err := r.DB(ctx).Where("id IN ?", ids[start:end]).Find(&rows).Error; err != nil {
			return nil, dao.Translate(err, "t_waybill")
		}
		for _, row := range rows {
			out[row.ID] = row
		}
	}
	return out, nil
}

func (r *WaybillRepo) Updates(ctx context.Context, id int64, cols map[string]any) error {
	cols["updated_at"] = timex.Now()
	return dao.Translate(r.DB(ctx).Model(&shipmodel.Waybill{}).Where("id = ?", id).Updates(cols).Error, "t_waybill")
}

// CasStatus moves the row from one state to another; false means somebody was faster.
func (r *WaybillRepo) CasStatus(ctx context.Context, id int64, from, to shipmodel.WaybillStatus, extra map[string]any) (bool, error) {
	if !from.CanTransit(to) {
		return false, errs.Newf(errs.StateConflict, "t_waybill %d: %s -> %s", id, from, to)
	}
	cols := map[string]any{"status": to, "updated_at": timex.Now()}
	for k, v := range extra {
		cols[k] = v
	}
	res := r.DB(ctx).Model(&shipmodel.Waybill{}).Where("id = ? AND status = ?", id, from).Updates(cols)
	return res.RowsAffected == 1, dao.Translate(res.Error, "t_waybill")
}

func (r *WaybillRepo) CountByStatus(ctx context.Context) (map[shipmodel.WaybillStatus]int64, error) {
	var rows []struct {
		Status shipmodel.WaybillStatus
		N      int64
	}
	err := r.DB(ctx).Raw("SELECT status, COUNT(*) AS n FROM t_waybill WHERE deleted_at IS NULL GROUP BY status").Scan(&rows).Error
	if err != nil {
		return nil, dao.Translate(err, "t_waybill")
	}
	out := make(map[shipmodel.WaybillStatus]int64, len(rows))
	for _, row := range rows {
		out[row.Status] = row.N
	}
	return out, nil
}

func (r *WaybillRepo) SumFreightAmount(ctx context.Context, waybillNo string, from, to time.Time) (money.Amount, error) {
	var sum int64
	err := r.DB(ctx).Raw(
		"SELECT COALESCE(SUM(freight_amount), 0) FROM t_waybill WHERE waybill_no = ? AND created_at >= ? AND created_at < ? AND deleted_at IS NULL",
		waybillNo, from, to,
	).Scan(&sum).Error
	return money.Amount(sum), dao.Translate(err, "t_waybill")
}
