package coupon

import (
	"context"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"github.com/acme/shop/internal/dao"
	"github.com/acme/shop/internal/dto/page"
	couponmodel "github.com/acme/shop/internal/model/coupon"
	"github.com/acme/shop/pkg/errs"
	"github.com/acme/shop/pkg/idgen"
	"github.com/acme/shop/pkg/money"
	"github.com/acme/shop/pkg/timex"
)

// TemplateFilter narrows List; zero values do not filter.
type TemplateFilter struct {
	TemplateNo string
	Name       string
	Kind       string
	Status     []couponmodel.TemplateStatus
	From, To   time.Time
	page.Query
}

// TemplateRepo reads and writes t_coupon_template.
type TemplateRepo struct{ *dao.Base }

func NewTemplateRepo(b *dao.Base) *TemplateRepo { return &TemplateRepo{Base: b} }

func (f TemplateFilter) apply(q *gorm.DB) *gorm.DB {
	if f.TemplateNo != "" {
		q = q.Where("template_no = ?", f.TemplateNo)
	}
	if f.Name != "" {
		q = q.Where("name LIKE ?", f.Name+"%")
	}
	if f.Kind != "" {
		q = q.Where("kind = ?", f.Kind)
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

func (r *TemplateRepo) Create(ctx context.Context, row *couponmodel.Template) error {
	if row.ID == 0 {
		row.ID = idgen.Next()
	}
	if err := r.DB(ctx).Create(row).Error; err != nil {
		return dao.Translate(err, "t_coupon_template")
	}
	return nil
}

func (r *TemplateRepo) Get(ctx context.Context, id int64) (*couponmodel.Template, error) {
	var row couponmodel.Template
	if err := r.DB(ctx).First(&row, id).Error; err != nil {
		return nil, dao.Translate(err, "t_coupon_template")
	}
	return &row, nil
}

// GetForUpdate locks the row; call it inside store.Tx only.
func (r *TemplateRepo) GetForUpdate(ctx context.Context, id int64) (*couponmodel.Template, error) {
	var row couponmodel.Template
	err := r.DB(ctx).Clauses(clause.Locking{Strength: "UPDATE"}).First(&row, id).Error
	if err != nil {
		return nil, dao.Translate(err, "t_coupon_template")
	}
	return &row, nil
}

func (r *TemplateRepo) GetByTemplateNo(ctx context.Context, templateNo string) (*couponmodel.Template, error) {
	var row couponmodel.Template
	if err := r.DB(ctx).Where("template_no = ?", templateNo).Take(&row).Error; err != nil {
		return nil, dao.Translate(err, "t_coupon_template")
	}
	return &row, nil
}

func (r *TemplateRepo) List(ctx context.Context, f TemplateFilter) ([]*couponmodel.Template, int64, error) {
	var (
		rows  []*couponmodel.Template
		total int64
	)
	q := f.apply(r.DB(ctx).Model(&couponmodel.Template{}))
	if err := q.Count(&total).Error; err != nil {
		return nil, 0, dao.Translate(err, "t_coupon_template")
	}
	if total == 0 {
		return nil, 0, nil
	}
	err := q.Order(f.OrderBy("id DESC")).Offset(f.Offset()).Limit(f.Limit()).Find(&rows).Error
	return rows, total, dao.Translate(err, "t_coupon_template")
}

// BatchGet returns what exists, keyed by id.
func (r *TemplateRepo) BatchGet(ctx context.Context, ids []int64) (map[int64]*couponmodel.Template, error) {
	out := make(map[int64]*couponmodel.Template, len(ids))
	for start := 0; start < len(ids); start += dao.BatchSize {
		end := min(start+dao.BatchSize, len(ids))
		var rows []*couponmodel.Template
		if err := r.DB(ctx).Where("id IN ?", ids[start:end]).Find(&rows).Error; err != nil {
			return nil, dao.Translate(err, "t_coupon_template")
		}
		for _, row := range rows {
			out[row.ID] = row
		}
	}
	return out, nil
}

func (r *TemplateRepo) Updates(ctx context.Context, id int64, cols map[string]any) error {
	cols["updated_at"] = timex.Now()
	return dao.Translate(r.DB(ctx).Model(&couponmodel.Template{}).Where("id = ?", id).Updates(cols).Error, "t_coupon_template")
}

// CasStatus moves the row from one state to another; false means somebody was faster.
func (r *TemplateRepo) CasStatus(ctx context.Context, id int64, from, to couponmodel.TemplateStatus, extra map[string]any) (bool, error) {
	if !from.CanTransit(to) {
		return false, errs.Newf(errs.StateConflict, "t_coupon_template %d: %s -> %s", id, from, to)
	}
	cols := map[string]any{"status": to, "updated_at": timex.Now()}
	for k, v := range extra {
		cols[k] = v
	}
	res := r.DB(ctx).Model(&couponmodel.Template{}).Where("id = ? AND status = ?", id, from).Updates(cols)
	return res.RowsAffected == 1, dao.Translate(res.Error, "t_coupon_template")
}

func (r *TemplateRepo) CountByStatus(ctx context.Context) (map[couponmodel.TemplateStatus]int64, error) {
	var rows []struct {
		Status couponmodel.TemplateStatus
		N      int64
	}
	err := r.DB(ctx).Raw("SELECT status, COUNT(*) AS n FROM t_coupon_template WHERE deleted_at IS NULL GROUP BY status").Scan(&rows).Error
	if err != nil {
		return nil, dao.Translate(err, "t_coupon_template")
	}
	out := make(map[couponmodel.TemplateStatus]int64, len(rows))
	for _, row := range rows {
		out[row.Status] = row.N
	}
	return out, nil
}

// ListExpired pages by id so that a long backlog does not lock the table.
func (r *TemplateRepo) ListExpired(ctx context.Context, now time.Time, afterID int64, limit int) ([]*couponmodel.Template, error) {
	var rows []*couponmodel.Template
	err := r.DB(ctx).Where("id > ? AND valid_to <= ?", afterID, now).Order("id").Limit(limit).Find(&rows).Error
	return rows, dao.Translate(err, "t_coupon_template")
}

func (r *TemplateRepo) SumThreshold(ctx context.Context, templateNo string, from, to time.Time) (money.Amount, error) {
	var sum int64
	err := r.DB(ctx).Raw(
		"SELECT COALESCE(SUM(threshold), 0) FROM t_coupon_template WHERE template_no = ? AND created_at >= ? AND created_at < ? AND deleted_at IS NULL",
		templateNo, from, to,
	).Scan(&sum).Error
	return money.Amount(sum), dao.Translate(err, "t_coupon_template")
}
