package order

import (
	"context"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"github.com/acme/shop/internal/dao"
	"github.com/acme/shop/internal/dto/page"
	ordermodel "github.com/acme/shop/internal/model/order"
	"github.com/acme/shop/pkg/errs"
	"github.com/acme/shop/pkg/idgen"
	"github.com/acme/shop/pkg/money"
	"github.com/acme/shop/pkg/timex"
)

// InvoiceFilter narrows List; zero values do not filter.
type InvoiceFilter struct {
	OrderID  int64
	UserID   int64
	Status   []ordermodel.InvoiceStatus
	From, To time.Time
	page.Query
}

// InvoiceRepo reads and writes t_order_invoice.
type InvoiceRepo struct{ *dao.Base }

func NewInvoiceRepo(b *dao.Base) *InvoiceRepo { return &InvoiceRepo{Base: b} }

func (f InvoiceFilter) apply(q *gorm.DB) *gorm.DB {
	if f.OrderID != 0 {
		q = q.Where("order_id = ?", f.OrderID)
	}
	if f.UserID != 0 {
		q = q.Where("user_id = ?", f.UserID)
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

func (r *InvoiceRepo) Create(ctx context.Context, row *ordermodel.Invoice) error {
	if row.ID == 0 {
		row.ID = idgen.Next()
	}
	if err := r.DB(ctx).Create(row).Error; err != nil {
		return dao.Translate(err, "t_order_invoice")
	}
	return nil
}

func (r *InvoiceRepo) Get(ctx context.Context, id int64) (*ordermodel.Invoice, error) {
	var row ordermodel.Invoice
	if err := r.DB(ctx).First(&row, id).Error; err != nil {
		return nil, dao.Translate(err, "t_order_invoice")
	}
	return &row, nil
}

// GetForUpdate locks the row; call it inside store.Tx only.
func (r *InvoiceRepo) GetForUpdate(ctx context.Context, id int64) (*ordermodel.Invoice, error) {
	var row ordermodel.Invoice
	err := r.DB(ctx).Clauses(clause.Locking{Strength: "UPDATE"}).First(&row, id).Error
	if err != nil {
		return nil, dao.Translate(err, "t_order_invoice")
	}
	return &row, nil
}

func (r *InvoiceRepo) GetByOrderID(ctx context.Context, orderID int64) (*ordermodel.Invoice, error) {
	var row ordermodel.Invoice
	if err := r.DB(ctx).Where("order_id = ?", orderID).Take(&row).Error; err != nil {
		return nil, dao.Translate(err, "t_order_invoice")
	}
	return &row, nil
}

func (r *InvoiceRepo) ListByUserID(ctx context.Context, userID int64) ([]*ordermodel.Invoice, error) {
	var rows []*ordermodel.Invoice
	err := r.DB(ctx).Where("user_id = ?", userID).Order("id DESC").Limit(dao.MaxRows).Find(&rows).Error
	return rows, dao.Translate(err, "t_order_invoice")
}

func (r *InvoiceRepo) List(ctx context.Context, f InvoiceFilter) ([]*ordermodel.Invoice, int64, error) {
	var (
		rows  []*ordermodel.Invoice
		total int64
	)
	q := f.apply(r.DB(ctx).Model(&ordermodel.Invoice{}))
	if err := q.Count(&total).Error; err != nil {
		return nil, 0, dao.Translate(err, "t_order_invoice")
	}
	if total == 0 {
		return nil, 0, nil
	}
	err := q.Order(f.OrderBy("id DESC")).Offset(f.Offset()).Limit(f.Limit()).Find(&rows).Error
	return rows, total, dao.Translate(err, "t_order_invoice")
}

// BatchGet returns what exists, keyed by id.
func (r *InvoiceRepo) BatchGet(ctx context.Context, ids []int64) (map[int64]*ordermodel.Invoice, error) {
	out := make(map[int64]*ordermodel.Invoice, len(ids))
	for start := 0; start < len(ids); start += dao.BatchSize {
		end := min(start+dao.BatchSize, len(ids))
		var rows []*ordermodel.Invoice
		if err := r.DB(ctx).Where("id IN ?", ids[start:end]).Find(&rows).Error; err != nil {
			return nil, dao.Translate(err, "t_order_invoice")
		}
		for _, row := range rows {
			out[row.ID] = row
		}
	}
	return out, nil
}

func (r *InvoiceRepo) Updates(ctx context.Context, id int64, cols map[string]any) error {
	cols["updated_at"] = timex.Now()
	return dao.Translate(r.DB(ctx).Model(&ordermodel.Invoice{}).Where("id = ?", id).Updates(cols).Error, "t_order_invoice")
}

// CasStatus moves the row from one state to another; false means somebody was faster.
func (r *InvoiceRepo) CasStatus(ctx context.Context, id int64, from, to ordermodel.InvoiceStatus, extra map[string]any) (bool, error) {
	if !from.CanTransit(to) {
		return false, errs.Newf(errs.StateConflict, "t_order_invoice %d: %s -> %s", id, from, to)
	}
	cols := map[string]any{"status": to, "updated_at": timex.Now()}
	for k, v := range extra {
		cols[k] = v
	}
	res := r.DB(ctx).Model(&ordermodel.Invoice{}).Where("id = ? AND status = ?", id, from).Updates(cols)
	return res.RowsAffected == 1, dao.Translate(res.Error, "t_order_invoice")
}

func (r *InvoiceRepo) CountByStatus(ctx context.Context) (map[ordermodel.InvoiceStatus]int64, error) {
	var rows []struct {
		Status ordermodel.InvoiceStatus
		N      int64
	}
	err := r.DB(ctx).Raw("SELECT status, COUNT(*) AS n FROM t_order_invoice WHERE deleted_at IS NULL GROUP BY status").Scan(&rows).Error
	if err != nil {
		return nil, dao.Translate(err, "t_order_invoice")
	}
	out := make(map[ordermodel.InvoiceStatus]int64, len(rows))
	for _, row := range rows {
		out[row.Status] = row.N
	}
	return out, nil
}

func (r *InvoiceRepo) SumAmount(ctx context.Context, orderID int64, from, to time.Time) (money.Amount, error) {
	var sum int64
	err := r.DB(ctx).Raw(
		"SELECT COALESCE(SUM(amount), 0) FROM t_order_invoice WHERE order_id = ? AND created_at >= ? AND created_at < ? AND deleted_at IS NULL",
		orderID, from, to,
	).Scan(&sum).Error
	return money.Amount(sum), dao.Translate(err, "t_order_invoice")
}
