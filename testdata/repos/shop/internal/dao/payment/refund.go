package payment

import (
	"context"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"github.com/acme/shop/internal/dao"
	"github.com/acme/shop/internal/dto/page"
	paymodel "github.com/acme/shop/internal/model/payment"
	"github.com/acme/shop/pkg/errs"
	"github.com/acme/shop/pkg/idgen"
	"github.com/acme/shop/pkg/money"
	"github.com/acme/shop/pkg/timex"
)

// RefundFilter narrows List; zero values do not filter.
type RefundFilter struct {
	RefundNo  string
	PaymentNo string
	OrderNo   string
	Status    []paymodel.RefundStatus
	From, To  time.Time
	page.Query
}

// RefundRepo reads and writes t_payment_refund.
type RefundRepo struct{ *dao.Base }

func NewRefundRepo(b *dao.Base) *RefundRepo { return &RefundRepo{Base: b} }

func (f RefundFilter) apply(q *gorm.DB) *gorm.DB {
	if f.RefundNo != "" {
		q = q.Where("refund_no = ?", f.RefundNo)
	}
	if f.PaymentNo != "" {
		q = q.Where("payment_no = ?", f.PaymentNo)
	}
	if f.OrderNo != "" {
		q = q.Where("order_no = ?", f.OrderNo)
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

func (r *RefundRepo) Create(ctx context.Context, row *paymodel.Refund) error {
	if row.ID == 0 {
		row.ID = idgen.Next()
	}
	if err := r.DB(ctx).Create(row).Error; err != nil {
		return dao.Translate(err, "t_payment_refund")
	}
	return nil
}

func (r *RefundRepo) Get(ctx context.Context, id int64) (*paymodel.Refund, error) {
	var row paymodel.Refund
	if err := r.DB(ctx).First(&row, id).Error; err != nil {
		return nil, dao.Translate(err, "t_payment_refund")
	}
	return &row, nil
}

// GetForUpdate locks the row; call it inside store.Tx only.
func (r *RefundRepo) GetForUpdate(ctx context.Context, id int64) (*paymodel.Refund, error) {
	var row paymodel.Refund
	err := r.DB(ctx).Clauses(clause.Locking{Strength: "UPDATE"}).First(&row, id).Error
	if err != nil {
		return nil, dao.Translate(err, "t_payment_refund")
	}
	return &row, nil
}

func (r *RefundRepo) GetByRefundNo(ctx context.Context, refundNo string) (*paymodel.Refund, error) {
	var row paymodel.Refund
	if err := r.DB(ctx).Where("refund_no = ?", refundNo).Take(&row).Error; err != nil {
		return nil, dao.Translate(err, "t_payment_refund")
	}
	return &row, nil
}

func (r *RefundRepo) ListByPaymentNo(ctx context.Context, paymentNo string) ([]*paymodel.Refund, error) {
	var rows []*paymodel.Refund
	err := r.DB(ctx).Where("payment_no = ?", paymentNo).Order("id DESC").Limit(dao.MaxRows).Find(&rows).Error
	return rows, dao.Translate(err, "t_payment_refund")
}

func (r *RefundRepo) ListByOrderNo(ctx context.Context, orderNo string) ([]*paymodel.Refund, error) {
	var rows []*paymodel.Refund
	err := r.DB(ctx).Where("order_no = ?", orderNo).Order("id DESC").Limit(dao.MaxRows).Find(&rows).Error
	return rows, dao.Translate(err, "t_payment_refund")
}

func (r *RefundRepo) ListByChannelRefundNo(ctx context.Context, channelRefundNo string) ([]*paymodel.Refund, error) {
	var rows []*paymodel.Refund
	err := r.DB(ctx).Where("channel_refund_no = ?", channelRefundNo).Order("id DESC").Limit(dao.MaxRows).Find(&rows).Error
	return rows, dao.Translate(err, "t_payment_refund")
}

func (r *RefundRepo) List(ctx context.Context, f RefundFilter) ([]*paymodel.Refund, int64, error) {
	var (
		rows  []*paymodel.Refund
		total int64
	)
	q := f.apply(r.DB(ctx).Model(&paymodel.Refund{}))
	if err := q.Count(&total).Error; err != nil {
		return nil, 0, dao.Translate(err, "t_payment_refund")
	}
	if total == 0 {
		return nil, 0, nil
	}
	err := q.Order(f.OrderBy("id DESC")).Offset(f.Offset()).Limit(f.Limit()).Find(&rows).Error
	return rows, total, dao.Translate(err, "t_payment_refund")
}

// BatchGet returns what exists, keyed by id.
func (r *RefundRepo) BatchGet(ctx context.Context, ids []int64) (map[int64]*paymodel.Refund, error) {
	out := make(map[int64]*paymodel.Refund, len(ids))
	for start := 0; start < len(ids); start += dao.BatchSize {
		end := min(start+dao.BatchSize, len(ids))
		var rows []*paymodel.Refund
		if err := r.DB(ctx).Where("id IN ?", ids[start:end]).Find(&rows).Error; err != nil {
			return nil, dao.Translate(err, "t_payment_refund")
		}
		for _, row := range rows {
			out[row.ID] = row
		}
	}
	return out, nil
}

func (r *RefundRepo) Updates(ctx context.Context, id int64, cols map[string]any) error {
	cols["updated_at"] = timex.Now()
	return dao.Translate(r.DB(ctx).Model(&paymodel.Refund{}).Where("id = ?", id).Updates(cols).Error, "t_payment_refund")
}

// CasStatus moves the row from one state to another; false means somebody was faster.
func (r *RefundRepo) CasStatus(ctx context.Context, id int64, from, to paymodel.RefundStatus, extra map[string]any) (bool, error) {
	if !from.CanTransit(to) {
		return false, errs.Newf(errs.StateConflict, "t_payment_refund %d: %s -> %s", id, from, to)
	}
	cols := map[string]any{"status": to, "updated_at": timex.Now()}
	for k, v := range extra {
		cols[k] = v
	}
	res := r.DB(ctx).Model(&paymodel.Refund{}).Where("id = ? AND status = ?", id, from).Updates(cols)
	return res.RowsAffected == 1, dao.Translate(res.Error, "t_payment_refund")
}

func (r *RefundRepo) CountByStatus(ctx context.Context) (map[paymodel.RefundStatus]int64, error) {
	var rows []struct {
		Status paymodel.RefundStatus
		N      int64
	}
	err := r.DB(ctx).Raw("SELECT status, COUNT(*) AS n FROM t_payment_refund WHERE deleted_at IS NULL GROUP BY status").Scan(&rows).Error
	if err != nil {
		return nil, dao.Translate(err, "t_payment_refund")
	}
	out := make(map[paymodel.RefundStatus]int64, len(rows))
	for _, row := range rows {
		out[row.Status] = row.N
	}
	return out, nil
}

func (r *RefundRepo) SumAmount(ctx context.Context, refundNo string, from, to time.Time) (money.Amount, error) {
	var sum int64
	err := r.DB(ctx).Raw(
		"SELECT COALESCE(SUM(amount), 0) FROM t_payment_refund WHERE refund_no = ? AND created_at >= ? AND created_at < ? AND deleted_at IS NULL",
		refundNo, from, to,
	).Scan(&sum).Error
	return money.Amount(sum), dao.Translate(err, "t_payment_refund")
}
