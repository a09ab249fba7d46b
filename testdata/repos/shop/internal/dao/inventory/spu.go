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

// SpuFilter narrows List; zero values do not filter.
type SpuFilter struct {
	SpuNo      string
	CategoryID int64
	BrandID    int64
	ShopID     int64
	Status     []invmodel.SpuStatus
	From, To   time.Time
	page.Query
}

// SpuRepo reads and writes t_spu.
type SpuRepo struct{ *dao.Base }

func NewSpuRepo(b *dao.Base) *SpuRepo { return &SpuRepo{Base: b} }

func (f SpuFilter) apply(q *gorm.DB) *gorm.DB {
	if f.SpuNo != "" {
		q = q.Where("spu_no = ?", f.SpuNo)
	}
	if f.CategoryID != 0 {
		q = q.Where("category_id = ?", f.CategoryID)
	}
	if f.BrandID != 0 {
		q = q.Where("brand_id = ?", f.BrandID)
	}
	if f.ShopID != 0 {
		q = q.Where("shop_id = ?", f.ShopID)
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

func (r *SpuRepo) Create(ctx context.Context, row *invmodel.Spu) error {
	if row.ID == 0 {
		row.ID = idgen.Next()
	}
	if err := r.DB(ctx).Create(row).Error; err != nil {
		return dao.Translate(err, "t_spu")
	}
	return nil
}

func (r *SpuRepo) Get(ctx context.Context, id int64) (*invmodel.Spu, error) {
	var row invmodel.Spu
	if err := r.DB(ctx).First(&row, id).Error; err != nil {
		return nil, dao.Translate(err, "t_spu")
	}
	return &row, nil
}

// GetForUpdate locks the row; call it inside store.Tx only.
func (r *SpuRepo) GetForUpdate(ctx context.Context, id int64) (*invmodel.Spu, error) {
	var row invmodel.Spu
	err := r.DB(ctx).Clauses(clause.Locking{Strength: "UPDATE"}).First(&row, id).Error
	if err != nil {
		return nil, dao.Translate(err, "t_spu")
	}
	return &row, nil
}

func (r *SpuRepo) GetBySpuNo(ctx context.Context, spuNo string) (*invmodel.Spu, error) {
	var row invmodel.Spu
	if err := r.DB(ctx).Where("spu_no = ?", spuNo).Take(&row).Error; err != nil {
		return nil, dao.Translate(err, "t_spu")
	}
	return &row, nil
}

func (r *SpuRepo) ListByCategoryID(ctx context.Context, categoryID int64) ([]*invmodel.Spu, error) {
	var rows []*invmodel.Spu
	err := r.DB(ctx).Where("category_id = ?", categoryID).Order("id DESC").Limit(dao.MaxRows).Find(&rows).Error
	return rows, dao.Translate(err, "t_spu")
}

func (r *SpuRepo) List(ctx context.Context, f SpuFilter) ([]*invmodel.Spu, int64, error) {
	var (
		rows  []*invmodel.Spu
		total int64
	)
	q := f.apply(r.DB(ctx).Model(&invmodel.Spu{}))
	if err := q.Count(&total).Error; err != nil {
		return nil, 0, dao.Translate(err, "t_spu")
	}
	if total == 0 {
		return nil, 0, nil
	}
	err := q.Order(f.OrderBy("id DESC")).Offset(f.Offset()).Limit(f.Limit()).Find(&rows).Error
	return rows, total, dao.Translate(err, "t_spu")
}

// BatchGet returns what exists, keyed by id.
func (r *SpuRepo) BatchGet(ctx context.Context, ids []int64) (map[int64]*invmodel.Spu, error) {
	out := make(map[int64]*invmodel.Spu, len(ids))
	for start := 0; start < len(ids); start += dao.BatchSize {
		end := min(start+dao.BatchSize, len(ids))
		var rows []*invmodel.Spu
		if err := r.DB(ctx).Where("id IN ?", ids[start:end]).Find(&rows).Error; err != nil {
			return nil, dao.Translate(err, "t_spu")
		}
		for _, row := range rows {
			out[row.ID] = row
		}
	}
	return out, nil
}

func (r *SpuRepo) Updates(ctx context.Context, id int64, cols map[string]any) error {
	cols["updated_at"] = timex.Now()
	return dao.Translate(r.DB(ctx).Model(&invmodel.Spu{}).Where("id = ?", id).Updates(cols).Error, "t_spu")
}

// CasStatus moves the row from one state to another; false means somebody was faster.
func (r *SpuRepo) CasStatus(ctx context.Context, id int64, from, to invmodel.SpuStatus, extra map[string]any) (bool, error) {
	if !from.CanTransit(to) {
		return false, errs.Newf(errs.StateConflict, "t_spu %d: %s -> %s", id, from, to)
	}
	cols := map[string]any{"status": to, "updated_at": timex.Now()}
	for k, v := range extra {
		cols[k] = v
	}
	res := r.DB(ctx).Model(&invmodel.Spu{}).Where("id = ? AND status = ?", id, from).Updates(cols)
	return res.RowsAffected == 1, dao.Translate(res.Error, "t_spu")
}

func (r *SpuRepo) CountByStatus(ctx context.Context) (map[invmodel.SpuStatus]int64, error) {
	var rows []struct {
		Status invmodel.SpuStatus
		N      int64
	}
	err := r.DB(ctx).Raw("SELECT status, COUNT(*) AS n FROM t_spu WHERE deleted_at IS NULL GROUP BY status").Scan(&rows).Error
	if err != nil {
		return nil, dao.Translate(err, "t_spu")
	}
	out := make(map[invmodel.SpuStatus]int64, len(rows))
	for _, row := range rows {
		out[row.Status] = row.N
	}
	return out, nil
}
