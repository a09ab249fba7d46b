package order

import (
	"context"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"github.com/acme/shop/internal/dao"
	"github.com/acme/shop/internal/dto/page"
	ordermodel "github.com/acme/shop/internal/model/order"
	"github.com/acme/shop/internal/model/order/enum"
	"github.com/acme/shop/pkg/errs"
	"github.com/acme/shop/pkg/idgen"
	"github.com/acme/shop/pkg/money"
	"github.com/acme/shop/pkg/timex"
)

// OrderFilter narrows List; zero values do not filter.
type OrderFilter struct {
	OrderNo  string
	UserID   int64
	ShopID   int64
	Channel  string
	Status   []enum.OrderStatus
	From, To time.Time
	page.Query
}

// OrderRepo reads and writes t_order.
type OrderRepo struct{ *dao.Base }

func NewOrderRepo(b *dao.Base) *OrderRepo { return &OrderRepo{Base: b} }

func (f OrderFilter) apply(q *gorm.DB) *gorm.DB {
	if f.OrderNo != "" {
		q = q.Where("order_no = ?", f.OrderNo)
	}
	if f.UserID != 0 {
		q = q.Where("user_id = ?", f.UserID)
	}
	if f.ShopID != 0 {
		q = q.Where("shop_id = ?", f.ShopID)
	}
	if f.Channel != "" {
		q = q.Where("channel = ?", f.Channel)
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

func (r *OrderRepo) Create(ctx context.Context, row *ordermodel.Order) error {
	if row.ID == 0 {
		row.ID = idgen.Next()
	}
	if err := r.DB(ctx).Create(row).Error; err != nil {
		return dao.Translate(err, "t_order")
	}
	return nil
}

func (r *OrderRepo) Get(ctx context.Context, id int64) (*ordermodel.Order, error) {
	var row ordermodel.Order
	if err := r.DB(ctx).First(&row, id).Error; err != nil {
		return nil, dao.Translate(err, "t_order")
	}
	return &row, nil
}

// GetForUpdate locks the row; call it inside store.Tx only.
func (r *OrderRepo) GetForUpdate(ctx context.Context, id int64) (*ordermodel.Order, error) {
	var row ordermodel.Order
	err := r.DB(ctx).Clauses(clause.Locking{Strength: "UPDATE"}).First(&row, id).Error
	if err != nil {
		return nil, dao.Translate(err, "t_order")
	}
	return &row, nil
}

func (r *OrderRepo) GetByOrderNo(ctx context.Context, orderNo string) (*ordermodel.Order, error) {
	var row ordermodel.Order
	if err := r.DB(ctx).Where("order_no = ?", orderNo).Take(&row).Error; err != nil {
		return nil, dao.Translate(err, "t_order")
	}
	return &row, nil
}

func (r *OrderRepo) ListByUserID(ctx context.Context, userID int64) ([]*ordermodel.Order, error) {
	var rows []*ordermodel.Order
	err := r.DB(ctx).Where("user_id = ?", userID).Order("id DESC").Limit(dao.MaxRows).Find(&rows).Error
	return rows, dao.Translate(err, "t_order")
}

func (r *OrderRepo) ListByReceiverPhone(ctx context.Context, receiverPhone string) ([]*ordermodel.Order, error) {
	var rows []*ordermodel.Order
	err := r.DB(ctx).Where("receiver_phone = ?", receiverPhone).Order("id DESC").Limit(dao.MaxRows).Find(&rows).Error
	return rows, dao.Translate(err, "t_order")
}

func (r *OrderRepo) List(ctx context.Context, f OrderFilter) ([]*ordermodel.Order, int64, error) {
	var (
		rows  []*ordermodel.Order
		total int64
	)
	q := f.apply(r.DB(ctx).Model(&ordermodel.Order{}))
	if err := q.Count(&total).Error; err != nil {
		return nil, 0, dao.Translate(err, "t_order")
	}
	if total == 0 {
		return nil, 0, nil
	}
	err := q.Order(f.OrderBy("id DESC")).Offset(f.Offset()).Limit(f.Limit()).Find(&rows).Error
	return rows, total, dao.Translate(err, "t_order")
}

// BatchGet returns what exists, keyed by id.
func (r *OrderRepo) BatchGet(ctx context.Context, ids []int64) (map[int64]*ordermodel.Order, error) {
	out := make(map[int64]*ordermodel.Order, len(ids))
	for start := 0; start < len(ids); start += dao.BatchSize {
		end := min(start+dao.BatchSize, len(ids))
		var rows []*ordermodel.Order
		if err := r.DB(ctx).Where("id IN ?", ids[start:end]).Find(&rows).Error; err != nil {
			return nil, dao.Translate(err, "t_order")
		}
		for _, row := range rows {
			out[row.ID] = row
		}
	}
	return out, nil
}

func (r *OrderRepo) Updates(ctx context.Context, id int64, cols map[string]any) error {
	cols["updated_at"] = timex.Now()
	return dao.Translate(r.DB(ctx).Model(&ordermodel.Order{}).Where("id = ?", id).Updates(cols).Error, "t_order")
}

// CasStatus moves the row from one state to another; false means somebody was faster.
func (r *OrderRepo) CasStatus(ctx context.Context, id int64, from, to enum.OrderStatus, extra map[string]any) (bool, error) {
	if !from.CanTransit(to) {
		return false, errs.Newf(errs.StateConflict, "t_order %d: %s -> %s", id, from, to)
	}
	cols := map[string]any{"status": to, "updated_at": timex.Now()}
	for k, v := range extra {
		cols[k] = v
	}
	res := r.DB(ctx).Model(&ordermodel.Order{}).Where("id = ? AND status = ?", id, from).Updates(cols)
	return res.RowsAffected == 1, dao.Translate(res.Error, "t_order")
}

func (r *OrderRepo) CountByStatus(ctx context.Context) (map[enum.OrderStatus]int64, error) {
	var rows []struct {
		Status enum.OrderStatus
		N      int64
	}
	err := r.DB(ctx).Raw("SELECT status, COUNT(*) AS n FROM t_order WHERE deleted_at IS NULL GROUP BY status").Scan(&rows).Error
	if err != nil {
		return nil, dao.Translate(err, "t_order")
	}
	out := make(map[enum.OrderStatus]int64, len(rows))
	for _, row := range rows {
		out[row.Status] = row.N
	}
	return out, nil
}

func (r *OrderRepo) SumTotalAmount(ctx context.Context, orderNo string, from, to time.Time) (money.Amount, error) {
	var sum int64
	err := r.DB(ctx).Raw(
		"SELECT COALESCE(SUM(total_amount), 0) FROM t_order WHERE order_no = ? AND created_at >= ? AND created_at < ? AND deleted_at IS NULL",
		orderNo, from, to,
	).Scan(&sum).Error
	return money.Amount(sum), dao.Translate(err, "t_order")
}
