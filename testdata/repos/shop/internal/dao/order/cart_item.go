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

// CartItemFilter narrows List; zero values do not filter.
type CartItemFilter struct {
	UserID   int64
	SkuID    int64
	From, To time.Time
	page.Query
}

// CartItemRepo reads and writes t_cart_item.
type CartItemRepo struct{ *dao.Base }

func NewCartItemRepo(b *dao.Base) *CartItemRepo { return &CartItemRepo{Base: b} }

func (f CartItemFilter) apply(q *gorm.DB) *gorm.DB {
	if f.UserID != 0 {
		q = q.Where("user_id = ?", f.UserID)
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

func (r *CartItemRepo) Create(ctx context.Context, row *ordermodel.CartItem) error {
	if row.ID == 0 {
		row.ID = idgen.Next()
	}
	if err := r.DB(ctx).Create(row).Error; err != nil {
		return dao.Translate(err, "t_cart_item")
	}
	return nil
}

func (r *CartItemRepo) Get(ctx context.Context, id int64) (*ordermodel.CartItem, error) {
	var row ordermodel.CartItem
	if err := r.DB(ctx).First(&row, id).Error; err != nil {
		return nil, dao.Translate(err, "t_cart_item")
	}
	return &row, nil
}

func (r *CartItemRepo) ListByUserID(ctx context.Context, userID int64) ([]*ordermodel.CartItem, error) {
	var rows []*ordermodel.CartItem
	err := r.DB(ctx).Where("user_id = ?", userID).Order("id DESC").Limit(dao.MaxRows).Find(&rows).Error
	return rows, dao.Translate(err, "t_cart_item")
}

func (r *CartItemRepo) ListBySkuID(ctx context.Context, skuID int64) ([]*ordermodel.CartItem, error) {
	var rows []*ordermodel.CartItem
	err := r.DB(ctx).Where("sku_id = ?", skuID).Order("id DESC").Limit(dao.MaxRows).Find(&rows).Error
	return rows, dao.Translate(err, "t_cart_item")
}

func (r *CartItemRepo) List(ctx context.Context, f CartItemFilter) ([]*ordermodel.CartItem, int64, error) {
	var (
		rows  []*ordermodel.CartItem
		total int64
	)
	q := f.apply(r.DB(ctx).Model(&ordermodel.CartItem{}))
	if err := q.Count(&total).Error; err != nil {
		return nil, 0, dao.Translate(err, "t_cart_item")
	}
	if total == 0 {
		return nil, 0, nil
	}
	err := q.Order(f.OrderBy("id DESC")).Offset(f.Offset()).Limit(f.Limit()).Find(&rows).Error
	return rows, total, dao.Translate(err, "t_cart_item")
}

// BatchGet returns what exists, keyed by id.
func (r *CartItemRepo) BatchGet(ctx context.Context, ids []int64) (map[int64]*ordermodel.CartItem, error) {
	out := make(map[int64]*ordermodel.CartItem, len(ids))
	for start := 0; start < len(ids); start += dao.BatchSize {
		end := min(start+dao.BatchSize, len(ids))
		var rows []*ordermodel.CartItem
		if err := r.DB(ctx).Where("id IN ?", ids[start:end]).Find(&rows).Error; err != nil {
			return nil, dao.Translate(err, "t_cart_item")
		}
		for _, row := range rows {
			out[row.ID] = row
		}
	}
	return out, nil
}

func (r *CartItemRepo) Updates(ctx context.Context, id int64, cols map[string]any) error {
	cols["updated_at"] = timex.Now()
	return dao.Translate(r.DB(ctx).Model(&ordermodel.CartItem{}).Where("id = ?", id).Updates(cols).Error, "t_cart_item")
}

func (r *CartItemRepo) SumPriceSnapshot(ctx context.Context, userID int64, from, to time.Time) (money.Amount, error) {
	var sum int64
	err := r.DB(ctx).Raw(
		"SELECT COALESCE(SUM(price_snapshot), 0) FROM t_cart_item WHERE user_id = ? AND created_at >= ? AND created_at < ? AND deleted_at IS NULL",
		userID, from, to,
	).Scan(&sum).Error
	return money.Amount(sum), dao.Translate(err, "t_cart_item")
}
