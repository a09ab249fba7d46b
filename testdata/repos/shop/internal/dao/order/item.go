package order

import (
	"context"
	"time"

	"gorm.io/gorm"

	"github.com/acme/shop/internal/dao"
	"github.com/acme/shop/internal/dto/page"
	ordermodel "github.com/acme/shop/internal/model/order"
	"github.com/acme/shop/pkg/idgen"
	"github.com/acme/shop/pkg/money"
	"github.com/acme/shop/pkg/timex"
)

// ItemFilter narrows List; zero values do not filter.
type ItemFilter struct {
	OrderID  int64
	SkuID    int64
	From, To time.Time
	page.Query
}

// ItemRepo reads and writes t_order_item.
type ItemRepo struct{ *dao.Base }

func NewItemRepo(b *dao.Base) *ItemRepo { return &ItemRepo{Base: b} }

func (f ItemFilter) apply(q *gorm.DB) *gorm.DB {
	if f.OrderID != 0 {
		q = q.Where("order_id = ?", f.OrderID)
	}
	if f.SkuID != 0 {
		q = q.Where("sku_id = ?", f.SkuID)
	}
	if !f.From.IsZero() {
		q = q.Where("created_at >= ?", f.From)
	}
	if !f.To.IsZero() {
		q = q.Where("created_at < ?", f.To)
	}
	return q
}

func (r *ItemRepo) Create(ctx context.Context, row *ordermodel.Item) error {
	if row.ID == 0 {
		row.ID = idgen.Next()
	}
	if err := r.DB(ctx).Create(row).Error; err != nil {
		return dao.Translate(err, "t_order_item")
	}
	return nil
}

func (r *ItemRepo) Get(ctx context.Context, id int64) (*ordermodel.Item, error) {
	var row ordermodel.Item
	if err := r.DB(ctx).First(&row, id).Error; err != nil {
		return nil, dao.Translate(err, "t_order_item")
	}
	return &row, nil
}

func (r *ItemRepo) ListByOrderID(ctx context.Context, orderID int64) ([]*ordermodel.Item, error) {
	var rows []*ordermodel.Item
	err := r.DB(ctx).Where("order_id = ?", orderID).Order("id DESC").Limit(dao.MaxRows).Find(&rows).Error
	return rows, dao.Translate(err, "t_order_item")
}

func (r *ItemRepo) ListBySkuID(ctx context.Context, skuID int64) ([]*ordermodel.Item, error) {
	var rows []*ordermodel.Item
	err := r.DB(ctx).Where("sku_id = ?", skuID).Order("id DESC").Limit(dao.MaxRows).Find(&rows).Error
	return rows, dao.Translate(err, "t_order_item")
}

func (r *ItemRepo) ListByWarehouseID(ctx context.Context, warehouseID int64) ([]*ordermodel.Item, error) {
	var rows []*ordermodel.Item
	err := r.DB(ctx).Where("warehouse_id = ?", warehouseID).Order("id DESC").Limit(dao.MaxRows).Find(&rows).Error
	return rows, dao.Translate(err, "t_order_item")
}

func (r *ItemRepo) List(ctx context.Context, f ItemFilter) ([]*ordermodel.Item, int64, error) {
	var (
		rows  []*ordermodel.Item
		total int64
	)
	q := f.apply(r.DB(ctx).Model(&ordermodel.Item{}))
	if err := q.Count(&total).Error; err != nil {
		return nil, 0, dao.Translate(err, "t_order_item")
	}
	if total == 0 {
		return nil, 0, nil
	}
	err := q.Order(f.OrderBy("id DESC")).Offset(f.Offset()).Limit(f.Limit()).Find(&rows).Error
	return rows, total, dao.Translate(err, "t_order_item")
}

// BatchGet returns what exists, keyed by id.
func (r *ItemRepo) BatchGet(ctx context.Context, ids []int64) (map[int64]*ordermodel.Item, error) {
	out := make(map[int64]*ordermodel.Item, len(ids))
	for start := 0; start < len(ids); start += dao.BatchSize {
		end := min(start+dao.BatchSize, len(ids))
		var rows []*ordermodel.Item
		if err := r.DB(ctx).Where("id IN ?", ids[start:end]).Find(&rows).Error; err != nil {
			return nil, dao.Translate(err, "t_order_item")
		}
		for _, row := range rows {
			out[row.ID] = row
		}
	}
	return out, nil
}

func (r *ItemRepo) Updates(ctx context.Context, id int64, cols map[string]any) error {
	cols["updated_at"] = timex.Now()
	return dao.Translate(r.DB(ctx).Model(&ordermodel.Item{}).Where("id = ?", id).Updates(cols).Error, "t_order_item")
}

func (r *ItemRepo) SumUnitPrice(ctx context.Context, orderID int64, from, to time.Time) (money.Amount, error) {
	var sum int64
	err := r.DB(ctx).Raw(
		"SELECT COALESCE(SUM(unit_price), 0) FROM t_order_item WHERE order_id = ? AND created_at >= ? AND created_at < ? AND deleted_at IS NULL",
		orderID, from, to,
	).Scan(&sum).Error
	return money.Amount(sum), dao.Translate(err, "t_order_item")
}
