package inventory

import (
	"context"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"github.com/acme/shop/internal/dao"
	"github.com/acme/shop/internal/dto/page"
	invmodel "github.com/acme/shop/internal/model/inventory"
	"github.com/acme/shop/pkg/idgen"
	"github.com/acme/shop/pkg/timex"
)

// StockFilter narrows List; zero values do not filter.
type StockFilter struct {
	SkuID       int64
	WarehouseID int64
	SafetyLine  int64
	From, To    time.Time
	page.Query
}

// StockRepo reads and writes t_stock.
type StockRepo struct{ *dao.Base }

func NewStockRepo(b *dao.Base) *StockRepo { return &StockRepo{Base: b} }

func (f StockFilter) apply(q *gorm.DB) *gorm.DB {
	if f.SkuID != 0 {
		q = q.Where("sku_id = ?", f.SkuID)
	}
	if f.WarehouseID != 0 {
		q = q.Where("warehouse_id = ?", f.WarehouseID)
	}
	if f.SafetyLine != 0 {
		q = q.Where("safety_line = ?", f.SafetyLine)
	}
	if !f.From.IsZero() {
		q = q.Where("created_at >= ?", f.From)
	}
	if !f.To.IsZero() {
		q = q.Where("created_at < ?", f.To)
	}
	return q
}

func (r *StockRepo) Create(ctx context.Context, row *invmodel.Stock) error {
	if row.ID == 0 {
		row.ID = idgen.Next()
	}
	if err := r.DB(ctx).Create(row).Error; err != nil {
		return dao.Translate(err, "t_stock")
	}
	return nil
}

func (r *StockRepo) Get(ctx context.Context, id int64) (*invmodel.Stock, error) {
	var row invmodel.Stock
	if err := r.DB(ctx).First(&row, id).Error; err != nil {
		return nil, dao.Translate(err, "t_stock")
	}
	return &row, nil
}

// GetForUpdate locks the row; call it inside store.Tx only.
func (r *StockRepo) GetForUpdate(ctx context.Context, id int64) (*invmodel.Stock, error) {
	var row invmodel.Stock
	err := r.DB(ctx).Clauses(clause.Locking{Strength: "UPDATE"}).First(&row, id).Error
	if err != nil {
		return nil, dao.Translate(err, "t_stock")
	}
	return &row, nil
}

func (r *StockRepo) ListBySkuID(ctx context.Context, skuID int64) ([]*invmodel.Stock, error) {
	var rows []*invmodel.Stock
	err := r.DB(ctx).Where("sku_id = ?", skuID).Order("id DESC").Limit(dao.MaxRows).Find(&rows).Error
	return rows, dao.Translate(err, "t_stock")
}

func (r *StockRepo) ListByWarehouseID(ctx context.Context, warehouseID int64) ([]*invmodel.Stock, error) {
	var rows []*invmodel.Stock
	err := r.DB(ctx).Where("warehouse_id = ?", warehouseID).Order("id DESC").Limit(dao.MaxRows).Find(&rows).Error
	return rows, dao.Translate(err, "t_stock")
}

func (r *StockRepo) List(ctx context.Context, f StockFilter) ([]*invmodel.Stock, int64, error) {
	var (
		rows  []*invmodel.Stock
		total int64
	)
	q := f.apply(r.DB(ctx).Model(&invmodel.Stock{}))
	if err := q.Count(&total).Error; err != nil {
		return nil, 0, dao.Translate(err, "t_stock")
	}
	if total == 0 {
		return nil, 0, nil
	}
	err := q.Order(f.OrderBy("id DESC")).Offset(f.Offset()).Limit(f.Limit()).Find(&rows).Error
	return rows, total, dao.Translate(err, "t_stock")
}

// BatchGet returns what exists, keyed by id.
func (r *StockRepo) BatchGet(ctx context.Context, ids []int64) (map[int64]*invmodel.Stock, error) {
	out := make(map[int64]*invmodel.Stock, len(ids))
	for start := 0; start < len(ids); start += dao.BatchSize {
		end := min(start+dao.BatchSize, len(ids))
		var rows []*invmodel.Stock
		if err := r.DB(ctx).Where("id IN ?", ids[start:end]).Find(&rows).Error; err != nil {
			return nil, dao.Translate(err, "t_stock")
		}
		for _, row := range rows {
			out[row.ID] = row
		}
	}
	return out, nil
}

func (r *StockRepo) Updates(ctx context.Context, id int64, cols map[string]any) error {
	cols["updated_at"] = timex.Now()
	return dao.Translate(r.DB(ctx).Model(&invmodel.Stock{}).Where("id = ?", id).Updates(cols).Error, "t_stock")
}
