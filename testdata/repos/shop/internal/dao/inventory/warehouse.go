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

// WarehouseFilter narrows List; zero values do not filter.
type WarehouseFilter struct {
	Code     string
	Name     string
	Country  string
	Status   []invmodel.WarehouseStatus
	From, To time.Time
	page.Query
}

// WarehouseRepo reads and writes t_warehouse.
type WarehouseRepo struct{ *dao.Base }

func NewWarehouseRepo(b *dao.Base) *WarehouseRepo { return &WarehouseRepo{Base: b} }

func (f WarehouseFilter) apply(q *gorm.DB) *gorm.DB {
	if f.Code != "" {
		q = q.Where("code = ?", f.Code)
	}
	if f.Name != "" {
		q = q.Where("name LIKE ?", f.Name+"%")
	}
	if f.Country != "" {
		q = q.Where("country = ?", f.Country)
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

func (r *WarehouseRepo) Create(ctx context.Context, row *invmodel.Warehouse) error {
	if row.ID == 0 {
		row.ID = idgen.Next()
	}
	if err := r.DB(ctx).Create(row).Error; err != nil {
		return dao.Translate(err, "t_warehouse")
	}
	return nil
}

func (r *WarehouseRepo) Get(ctx context.Context, id int64) (*invmodel.Warehouse, error) {
	var row invmodel.Warehouse
	if err := r.DB(ctx).First(&row, id).Error; err != nil {
		return nil, dao.Translate(err, "t_warehouse")
	}
	return &row, nil
}

// GetForUpdate locks the row; call it inside store.Tx only.
func (r *WarehouseRepo) GetForUpdate(ctx context.Context, id int64) (*invmodel.Warehouse, error) {
	var row invmodel.Warehouse
	err := r.DB(ctx).Clauses(clause.Locking{Strength: "UPDATE"}).First(&row, id).Error
	if err != nil {
		return nil, dao.Translate(err, "t_warehouse")
	}
	return &row, nil
}

func (r *WarehouseRepo) GetByCode(ctx context.Context, code string) (*invmodel.Warehouse, error) {
	var row invmodel.Warehouse
	if err := r.DB(ctx).Where("code = ?", code).Take(&row).Error; err != nil {
		return nil, dao.Translate(err, "t_warehouse")
	}
	return &row, nil
}

func (r *WarehouseRepo) List(ctx context.Context, f WarehouseFilter) ([]*invmodel.Warehouse, int64, error) {
	var (
		rows  []*invmodel.Warehouse
		total int64
	)
	q := f.apply(r.DB(ctx).Model(&invmodel.Warehouse{}))
	if err := q.Count(&total).Error; err != nil {
		return nil, 0, dao.Translate(err, "t_warehouse")
	}
	if total == 0 {
		return nil, 0, nil
	}
	err := q.Order(f.OrderBy("id DESC")).Offset(f.Offset()).Limit(f.Limit()).Find(&rows).Error
	return rows, total, dao.Translate(err, "t_warehouse")
}

// BatchGet returns what exists, keyed by id.
func (r *WarehouseRepo) BatchGet(ctx context.Context, ids []int64) (map[int64]*invmodel.Warehouse, error) {
	out := make(map[int64]*invmodel.Warehouse, len(ids))
	for start := 0; start < len(ids); start += dao.BatchSize {
		end := min(start+dao.BatchSize, len(ids))
		var rows []*invmodel.Warehouse
		if err := r.DB(ctx).Where("id IN ?", ids[start:end]).Find(&rows).Error; err != nil {
			return nil, dao.Translate(err, "t_warehouse")
		}
		for _, row := range rows {
			out[row.ID] = row
		}
	}
	return out, nil
}

func (r *WarehouseRepo) Updates(ctx context.Context, id int64, cols map[string]any) error {
	cols["updated_at"] = timex.Now()
	return dao.Translate(r.DB(ctx).Model(&invmodel.Warehouse{}).Where("id = ?", id).Updates(cols).Error, "t_warehouse")
}

// CasStatus moves the row from one state to another; false means somebody was faster.
func (r *WarehouseRepo) CasStatus(ctx context.Context, id int64, from, to invmodel.WarehouseStatus, extra map[string]any) (bool, error) {
	if !from.CanTransit(to) {
		return false, errs.Newf(errs.StateConflict, "t_warehouse %d: %s -> %s", id, from, to)
	}
	cols := map[string]any{"status": to, "updated_at": timex.Now()}
	for k, v := range extra {
		cols[k] = v
	}
	res := r.DB(ctx).Model(&invmodel.Warehouse{}).Where("id = ? AND status = ?", id, from).Updates(cols)
	return res.RowsAffected == 1, dao.Translate(res.Error, "t_warehouse")
}

func (r *WarehouseRepo) CountByStatus(ctx context.Context) (map[invmodel.WarehouseStatus]int64, error) {
	var rows []struct {
		Status invmodel.WarehouseStatus
		N      int64
	}
	err := r.DB(ctx).Raw("SELECT status, COUNT(*) AS n FROM t_warehouse WHERE deleted_at IS NULL GROUP BY status").Scan(&rows).Error
	if err != nil {
		return nil, dao.Translate(err, "t_warehouse")
	}
	out := make(map[invmodel.WarehouseStatus]int64, len(rows))
	for _, row := range rows {
		out[row.Status] = row.N
	}
	return out, nil
}
