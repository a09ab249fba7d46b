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

// StocktakeFilter narrows List; zero values do not filter.
type StocktakeFilter struct {
	TakeNo      string
	WarehouseID int64
	Status      []invmodel.StocktakeStatus
	From, To    time.Time
	page.Query
}

// StocktakeRepo reads and writes t_stocktake.
type StocktakeRepo struct{ *dao.Base }

func NewStocktakeRepo(b *dao.Base) *StocktakeRepo { return &StocktakeRepo{Base: b} }

func (f StocktakeFilter) apply(q *gorm.DB) *gorm.DB {
	if f.TakeNo != "" {
		q = q.Where("take_no = ?", f.TakeNo)
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

func (r *StocktakeRepo) Create(ctx context.Context, row *invmodel.Stocktake) error {
	if row.ID == 0 {
		row.ID = idgen.Next()
	}
	if err := r.DB(ctx).Create(row).Error; err != nil {
		return dao.Translate(err, "t_stocktake")
	}
	return nil
}

func (r *StocktakeRepo) Get(ctx context.Context, id int64) (*invmodel.Stocktake, error) {
	var row invmodel.Stocktake
	if err := r.DB(ctx).First(&row, id).Error; err != nil {
		return nil, dao.Translate(err, "t_stocktake")
	}
	return &row, nil
}

// GetForUpdate locks the row; call it inside store.Tx only.
func (r *StocktakeRepo) GetForUpdate(ctx context.Context, id int64) (*invmodel.Stocktake, error) {
	var row invmodel.Stocktake
	err := r.DB(ctx).Clauses(clause.Locking{Strength: "UPDATE"}).First(&row, id).Error
	if err != nil {
		return nil, dao.Translate(err, "t_stocktake")
	}
	return &row, nil
}

func (r *StocktakeRepo) GetByTakeNo(ctx context.Context, takeNo string) (*invmodel.Stocktake, error) {
	var row invmodel.Stocktake
	if err := r.DB(ctx).Where("take_no = ?", takeNo).Take(&row).Error; err != nil {
		return nil, dao.Translate(err, "t_stocktake")
	}
	return &row, nil
}

func (r *StocktakeRepo) ListByWarehouseID(ctx context.Context, warehouseID int64) ([]*invmodel.Stocktake, error) {
	var rows []*invmodel.Stocktake
	err := r.DB(ctx).Where("warehouse_id = ?", warehouseID).Order("id DESC").Limit(dao.MaxRows).Find(&rows).Error
	return rows, dao.Translate(err, "t_stocktake")
}

func (r *StocktakeRepo) List(ctx context.Context, f StocktakeFilter) ([]*invmodel.Stocktake, int64, error) {
	var (
		rows  []*invmodel.Stocktake
		total int64
	)
	q := f.apply(r.DB(ctx).Model(&invmodel.Stocktake{}))
	if err := q.Count(&total).Error; err != nil {
		return nil, 0, dao.Translate(err, "t_stocktake")
	}
	if total == 0 {
		return nil, 0, nil
	}
	err := q.Order(f.OrderBy("id DESC")).Offset(f.Offset()).Limit(f.Limit()).Find(&rows).Error
	return rows, total, dao.Translate(err, "t_stocktake")
}

// BatchGet returns what exists, keyed by id.
func (r *StocktakeRepo) BatchGet(ctx context.Context, ids []int64) (map[int64]*invmodel.Stocktake, error) {
	out := make(map[int64]*invmodel.Stocktake, len(ids))
	for start := 0; start < len(ids); start += dao.BatchSize {
		end := min(start+dao.BatchSize, len(ids))
		var rows []*invmodel.Stocktake
		if err := r.DB(ctx).Where("id IN ?", ids[start:end]).Find(&rows).Error; err != nil {
			return nil, dao.Translate(err, "t_stocktake")
		}
		for _, row := range rows {
			out[row.ID] = row
		}
	}
	return out, nil
}

func (r *StocktakeRepo) Updates(ctx context.Context, id int64, cols map[string]any) error {
	cols["updated_at"] = timex.Now()
	return dao.Translate(r.DB(ctx).Model(&invmodel.Stocktake{}).Where("id = ?", id).Updates(cols).Error, "t_stocktake")
}

// CasStatus moves the row from one state to another; false means somebody was faster.
func (r *StocktakeRepo) CasStatus(ctx context.Context, id int64, from, to invmodel.StocktakeStatus, extra map[string]any) (bool, error) {
	if !from.CanTransit(to) {
		return false, errs.Newf(errs.StateConflict, "t_stocktake %d: %s -> %s", id, from, to)
	}
	cols := map[string]any{"status": to, "updated_at": timex.Now()}
	for k, v := range extra {
		cols[k] = v
	}
	res := r.DB(ctx).Model(&invmodel.Stocktake{}).Where("id = ? AND status = ?", id, from).Updates(cols)
	return res.RowsAffected == 1, dao.Translate(res.Error, "t_stocktake")
}

func (r *StocktakeRepo) CountByStatus(ctx context.Context) (map[invmodel.StocktakeStatus]int64, error) {
	var rows []struct {
		Status invmodel.StocktakeStatus
		N      int64
	}
	err := r.DB(ctx).Raw("SELECT status, COUNT(*) AS n FROM t_stocktake WHERE deleted_at IS NULL GROUP BY status").Scan(&rows).Error
	if err != nil {
		return nil, dao.Translate(err, "t_stocktake")
	}
	out := make(map[invmodel.StocktakeStatus]int64, len(rows))
	for _, row := range rows {
		out[row.Status] = row.N
	}
	return out, nil
}
