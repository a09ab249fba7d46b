package order

import (
	"context"
	"time"

	"gorm.io/gorm"

	"github.com/acme/shop/internal/dao"
	"github.com/acme/shop/internal/dto/page"
	ordermodel "github.com/acme/shop/internal/model/order"
	"github.com/acme/shop/pkg/idgen"
	"github.com/acme/shop/pkg/timex"
)

// LogFilter narrows List; zero values do not filter.
type LogFilter struct {
	OrderID  int64
	Operator string
	Action   string
	From, To time.Time
	page.Query
}

// LogRepo reads and writes t_order_log.
type LogRepo struct{ *dao.Base }

func NewLogRepo(b *dao.Base) *LogRepo { return &LogRepo{Base: b} }

func (f LogFilter) apply(q *gorm.DB) *gorm.DB {
	if f.OrderID != 0 {
		q = q.Where("order_id = ?", f.OrderID)
	}
	if f.Operator != "" {
		q = q.Where("operator = ?", f.Operator)
	}
	if f.Action != "" {
		q = q.Where("action = ?", f.Action)
	}
	if !f.From.IsZero() {
		q = q.Where("created_at >= ?", f.From)
	}
	if !f.To.IsZero() {
		q = q.Where("created_at < ?", f.To)
	}
	return q
}

func (r *LogRepo) Create(ctx context.Context, row *ordermodel.Log) error {
	if row.ID == 0 {
		row.ID = idgen.Next()
	}
	if err := r.DB(ctx).Create(row).Error; err != nil {
		return dao.Translate(err, "t_order_log")
	}
	return nil
}

func (r *LogRepo) Get(ctx context.Context, id int64) (*ordermodel.Log, error) {
	var row ordermodel.Log
	if err := r.DB(ctx).First(&row, id).Error; err != nil {
		return nil, dao.Translate(err, "t_order_log")
	}
	return &row, nil
}

func (r *LogRepo) ListByOrderID(ctx context.Context, orderID int64) ([]*ordermodel.Log, error) {
	var rows []*ordermodel.Log
	err := r.DB(ctx).Where("order_id = ?", orderID).Order("id DESC").Limit(dao.MaxRows).Find(&rows).Error
	return rows, dao.Translate(err, "t_order_log")
}

func (r *LogRepo) List(ctx context.Context, f LogFilter) ([]*ordermodel.Log, int64, error) {
	var (
		rows  []*ordermodel.Log
		total int64
	)
	q := f.apply(r.DB(ctx).Model(&ordermodel.Log{}))
	if err := q.Count(&total).Error; err != nil {
		return nil, 0, dao.Translate(err, "t_order_log")
	}
	if total == 0 {
		return nil, 0, nil
	}
	err := q.Order(f.OrderBy("id DESC")).Offset(f.Offset()).Limit(f.Limit()).Find(&rows).Error
	return rows, total, dao.Translate(err, "t_order_log")
}

// BatchGet returns what exists, keyed by id.
func (r *LogRepo) BatchGet(ctx context.Context, ids []int64) (map[int64]*ordermodel.Log, error) {
	out := make(map[int64]*ordermodel.Log, len(ids))
	for start := 0; start < len(ids); start += dao.BatchSize {
		end := min(start+dao.BatchSize, len(ids))
		var rows []*ordermodel.Log
		if err := r.DB(ctx).Where("id IN ?", ids[start:end]).Find(&rows).Error; err != nil {
			return nil, dao.Translate(err, "t_order_log")
		}
		for _, row := range rows {
			out[row.ID] = row
		}
	}
	return out, nil
}

func (r *LogRepo) Updates(ctx context.Context, id int64, cols map[string]any) error {
	cols["updated_at"] = timex.Now()
	return dao.Translate(r.DB(ctx).Model(&ordermodel.Log{}).Where("id = ?", id).Updates(cols).Error, "t_order_log")
}
