package inventory

import (
	"context"
	"time"

	"gorm.io/gorm"

	"github.com/acme/shop/internal/dao"
	"github.com/acme/shop/internal/dto/page"
	invmodel "github.com/acme/shop/internal/model/inventory"
	"github.com/acme/shop/pkg/idgen"
	"github.com/acme/shop/pkg/money"
	"github.com/acme/shop/pkg/timex"
)

// SkuFilter narrows List; zero values do not filter.
type SkuFilter struct {
	SpuID    int64
	SkuNo    string
	Barcode  string
	Enabled  *bool
	From, To time.Time
	page.Query
}

// SkuRepo reads and writes t_sku.
type SkuRepo struct{ *dao.Base }

func NewSkuRepo(b *dao.Base) *SkuRepo { return &SkuRepo{Base: b} }

func (f SkuFilter) apply(q *gorm.DB) *gorm.DB {
	if f.SpuID != 0 {
		q = q.Where("spu_id = ?", f.SpuID)
	}
	if f.SkuNo != "" {
		q = q.Where("sku_no = ?", f.SkuNo)
	}
	if f.Barcode != "" {
		q = q.Where("barcode = ?", f.Barcode)
	}
	if f.Enabled != nil {
		q = q.Where("enabled = ?", *f.Enabled)
	}
	if !f.From.IsZero() {
		q = q.Where("created_at >= ?", f.From)
	}
	if !f.To.IsZero() {
		q = q.Where("created_at < ?", f.To)
	}
	return q
}

func (r *SkuRepo) Create(ctx context.Context, row *invmodel.Sku) error {
	if row.ID == 0 {
		row.ID = idgen.Next()
	}
	if err := r.DB(ctx).Create(row).Error; err != nil {
		return dao.Translate(err, "t_sku")
	}
	return nil
}

func (r *SkuRepo) Get(ctx context.Context, id int64) (*invmodel.Sku, error) {
	var row invmodel.Sku
	if err := r.DB(ctx).First(&row, id).Error; err != nil {
		return nil, dao.Translate(err, "t_sku")
	}
	return &row, nil
}

func (r *SkuRepo) ListBySpuID(ctx context.Context, spuID int64) ([]*invmodel.Sku, error) {
	var rows []*invmodel.Sku
	err := r.DB(ctx).Where("spu_id = ?", spuID).Order("id DESC").Limit(dao.MaxRows).Find(&rows).Error
	return rows, dao.Translate(err, "t_sku")
}

func (r *SkuRepo) GetBySkuNo(ctx context.Context, skuNo string) (*invmodel.Sku, error) {
	var row invmodel.Sku
	if err := r.DB(ctx).Where("sku_no = ?", skuNo).Take(&row).Error; err != nil {
		return nil, dao.Translate(err, "t_sku")
	}
	return &row, nil
}

func (r *SkuRepo) ListByBarcode(ctx context.Context, barcode string) ([]*invmodel.Sku, error) {
	var rows []*invmodel.Sku
	err := r.DB(ctx).Where("barcode = ?", barcode).Order("id DESC").Limit(dao.MaxRows).Find(&rows).Error
	return rows, dao.Translate(err, "t_sku")
}

func (r *SkuRepo) List(ctx context.Context, f SkuFilter) ([]*invmodel.Sku, int64, error) {
	var (
		rows  []*invmodel.Sku
		total int64
	)
	q := f.apply(r.DB(ctx).Model(&invmodel.Sku{}))
	if err := q.Count(&total).Error; err != nil {
		return nil, 0, dao.Translate(err, "t_sku")
	}
	if total == 0 {
		return nil, 0, nil
	}
	err := q.Order(f.OrderBy("id DESC")).Offset(f.Offset()).Limit(f.Limit()).Find(&rows).Error
	return rows, total, dao.Translate(err, "t_sku")
}

// BatchGet returns what exists, keyed by id.
func (r *SkuRepo) BatchGet(ctx context.Context, ids []int64) (map[int64]*invmodel.Sku, error) {
	out := make(map[int64]*invmodel.Sku, len(ids))
	for start := 0; start < len(ids); start += dao.BatchSize {
		end := min(start+dao.BatchSize, len(ids))
		var rows []*invmodel.Sku
		if err := r.DB(ctx).Where("id IN ?", ids[start:end]).Find(&rows).Error; err != nil {
			return nil, dao.Translate(err, "t_sku")
		}
		for _, row := range rows {
			out[row.ID] = row
		}
	}
	return out, nil
}

func (r *SkuRepo) Updates(ctx context.Context, id int64, cols map[string]any) error {
	cols["updated_at"] = timex.Now()
	return dao.Translate(r.DB(ctx).Model(&invmodel.Sku{}).Where("id = ?", id).Updates(cols).Error, "t_sku")
}

func (r *SkuRepo) SumPrice(ctx context.Context, spuID int64, from, to time.Time) (money.Amount, error) {
	var sum int64
	err := r.DB(ctx).Raw(
		"SELECT COALESCE(SUM(price), 0) FROM t_sku WHERE spu_id = ? AND created_at >= ? AND created_at < ? AND deleted_at IS NULL",
		spuID, from, to,
	).Scan(&sum).Error
	return money.Amount(sum), dao.Translate(err, "t_sku")
}
