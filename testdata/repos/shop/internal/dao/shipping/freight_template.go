package shipping

import (
	"context"
	"time"

	"gorm.io/gorm"

	"github.com/acme/shop/internal/dao"
	"github.com/acme/shop/internal/dto/page"
	shipmodel "github.com/acme/shop/internal/model/shipping"
	"github.com/acme/shop/pkg/idgen"
	"github.com/acme/shop/pkg/money"
	"github.com/acme/shop/pkg/timex"
)

// FreightTemplateFilter narrows List; zero values do not filter.
type FreightTemplateFilter struct {
	Name       string
	ShopID     int64
	ChargeKind string
	From, To   time.Time
	page.Query
}

// FreightTemplateRepo reads and writes t_freight_template.
type FreightTemplateRepo struct{ *dao.Base }

func NewFreightTemplateRepo(b *dao.Base) *FreightTemplateRepo { return &FreightTemplateRepo{Base: b} }

func (f FreightTemplateFilter) apply(q *gorm.DB) *gorm.DB {
	if f.Name != "" {
		q = q.Where("name LIKE ?", f.Name+"%")
	}
	if f.ShopID != 0 {
		q = q.Where("shop_id = ?", f.ShopID)
	}
	if f.ChargeKind != "" {
		q = q.Where("charge_kind = ?", f.ChargeKind)
	}
	if !f.From.IsZero() {
		q = q.Where("created_at >= ?", f.From)
	}
	if !f.To.IsZero() {
		q = q.Where("created_at < ?", f.To)
	}
	return q
}

func (r *FreightTemplateRepo) Create(ctx context.Context, row *shipmodel.FreightTemplate) error {
	if row.ID == 0 {
		row.ID = idgen.Next()
	}
	if err := r.DB(ctx).Create(row).Error; err != nil {
		return dao.Translate(err, "t_freight_template")
	}
	return nil
}

func (r *FreightTemplateRepo) Get(ctx context.Context, id int64) (*shipmodel.FreightTemplate, error) {
	var row shipmodel.FreightTemplate
	if err := r.DB(ctx).First(&row, id).Error; err != nil {
		return nil, dao.Translate(err, "t_freight_template")
	}
	return &row, nil
}

func (r *FreightTemplateRepo) List(ctx context.Context, f FreightTemplateFilter) ([]*shipmodel.FreightTemplate, int64, error) {
	var (
		rows  []*shipmodel.FreightTemplate
		total int64
	)
	q := f.apply(r.DB(ctx).Model(&shipmodel.FreightTemplate{}))
	if err := q.Count(&total).Error; err != nil {
		return nil, 0, dao.Translate(err, "t_freight_template")
	}
	if total == 0 {
		return nil, 0, nil
	}
	err := q.Order(f.OrderBy("id DESC")).Offset(f.Offset()).Limit(f.Limit()).Find(&rows).Error
	return rows, total, dao.Translate(err, "t_freight_template")
}

// BatchGet returns what exists, keyed by id.
func (r *FreightTemplateRepo) BatchGet(ctx context.Context, ids []int64) (map[int64]*shipmodel.FreightTemplate, error) {
	out := make(map[int64]*shipmodel.FreightTemplate, len(ids))
	for start := 0; start < len(ids); start += dao.BatchSize {
		end := min(start+dao.BatchSize, len(ids))
		var rows []*shipmodel.FreightTemplate
		if err := r.DB(ctx).Where("id IN ?", ids[start:end]).Find(&rows).Error; err != nil {
			return nil, dao.Translate(err, "t_freight_template")
		}
		for _, row := range rows {
			out[row.ID] = row
		}
	}
	return out, nil
}

func (r *FreightTemplateRepo) Updates(ctx context.Context, id int64, cols map[string]any) error {
	cols["updated_at"] = timex.Now()
	return dao.Translate(r.DB(ctx).Model(&shipmodel.FreightTemplate{}).Where("id = ?", id).Updates(cols).Error, "t_freight_template")
}

func (r *FreightTemplateRepo) SumFreeThreshold(ctx context.Context, name string, from, to time.Time) (money.Amount, error) {
	var sum int64
	err := r.DB(ctx).Raw(
		"SELECT COALESCE(SUM(free_threshold), 0) FROM t_freight_template WHERE name = ? AND created_at >= ? AND created_at < ? AND deleted_at IS NULL",
		name, from, to,
	).Scan(&sum).Error
	return money.Amount(sum), dao.Translate(err, "t_freight_template")
}
