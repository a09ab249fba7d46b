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

// PaymentFilter narrows List; zero values do not filter.
type PaymentFilter struct {
	PaymentNo   string
	OrderNo     string
	UserID      int64
	ChannelCode string
	Status      []paymodel.PaymentStatus
	From, To    time.Time
	page.Query
}

// PaymentRepo reads and writes t_payment.
type PaymentRepo struct{ *dao.Base }

func NewPaymentRepo(b *dao.Base) *PaymentRepo { return &PaymentRepo{Base: b} }

func (f PaymentFilter) apply(q *gorm.DB) *gorm.DB {
	if f.PaymentNo != "" {
		q = q.Where("payment_no = ?", f.PaymentNo)
	}
	if f.OrderNo != "" {
		q = q.Where("order_no = ?", f.OrderNo)
	}
	if f.UserID != 0 {
		q = q.Where("user_id = ?", f.UserID)
	}
	if f.ChannelCode != "" {
		q = q.Where("channel_code = ?", f.ChannelCode)
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

func (r *PaymentRepo) Create(ctx context.Context, row *paymodel.Payment) error {
	if row.ID == 0 {
		row.ID = idgen.Next()
	}
	if err := r.DB(ctx).Create(row).Error; err != nil {
		return dao.Translate(err, "t_payment")
	}
	return nil
}

func (r *PaymentRepo) Get(ctx context.Context, id int64) (*paymodel.Payment, error) {
	var row paymodel.Payment
	if err := r.DB(ctx).First(&row, id).Error; err != nil {
		return nil, dao.Translate(err, "t_payment")
	}
	return &row, nil
}

// GetForUpdate locks the row; call it inside store.Tx only.
func (r *PaymentRepo) GetForUpdate(ctx context.Context, id int64) (*paymodel.Payment, error) {
	var row paymodel.Payment
	err := r.DB(ctx).Clauses(clause.Locking{Strength: "UPDATE"}).First(&row, id).Error
	if err != nil {
		return nil, dao.Translate(err, "t_payment")
	}
	return &row, nil
}

func (r *PaymentRepo) GetByPaymentNo(ctx context.Context, paymentNo string) (*paymodel.Payment, error) {
	var row paymodel.Payment
	if err := r.DB(ctx).Where("payment_no = ?", paymentNo).Take(&row).Error; err != nil {
		return nil, dao.Translate(err, "t_payment")
	}
	return &row, nil
}

func (r *PaymentRepo) ListByOrderNo(ctx context.Context, orderNo string) ([]*paymodel.Payment, error) {
	var rows []*paymodel.Payment
	err := r.DB(ctx).Where("order_no = ?", orderNo).Order("id DESC").Limit(dao.MaxRows).Find(&rows).Error
	return rows, dao.Translate(err, "t_payment")
}

func (r *PaymentRepo) ListByUserID(ctx context.Context, userID int64) ([]*paymodel.Payment, error) {
	var rows []*paymodel.Payment
	err := r.DB(ctx).Where("user_id = ?", userID).Order("id DESC").Limit(dao.MaxRows).Find(&rows).Error
	return rows, dao.Translate(err, "t_payment")
}

func (r *PaymentRepo) ListByChannelTradeNo(ctx context.Context, channelTradeNo string) ([]*paymodel.Payment, error) {
	var rows []*paymodel.Payment
	err := r.DB(ctx).Where("channel_trade_no = ?", channelTradeNo).Order("id DESC").Limit(dao.MaxRows).Find(&rows).Error
	return rows, dao.Translate(err, "t_payment")
}

func (r *PaymentRepo) List(ctx context.Context, f PaymentFilter) ([]*paymodel.Payment, int64, error) {
	var (
		rows  []*paymodel.Payment
		total int64
	)
	q := f.apply(r.DB(ctx).Model(&paymodel.Payment{}))
	if err := q.Count(&total).Error; err != nil {
		return nil, 0, dao.Translate(err, "t_payment")
	}
	if total == 0 {
		return nil, 0, nil
	}
	err := q.Order(f.OrderBy("id DESC")).Offset(f.Offset()).Limit(f.Limit()).Find(&rows).Error
	return rows, total, dao.Translate(err, "t_payment")
}

// BatchGet returns what exists, keyed by id.
func (r *PaymentRepo) BatchGet(ctx context.Context, ids []int64) (map[int64]*paymodel.Payment, error) {
	out := make(map[int64]*paymodel.Payment, len(ids))
	for start := 0; start < len(ids); start += dao.BatchSize {
		end := min(start+dao.BatchSize, len(ids))
		var rows []*paymodel.Payment
		if err := r.DB(ctx).Where("id IN ?", ids[start:end]).Find(&rows).Error; err != nil {
			return nil, dao.Translate(err, "t_payment")
		}
		for _, row := range rows {
			out[row.ID] = row
		}
	}
	return out, nil
}

func (r *PaymentRepo) Updates(ctx context.Context, id int64, cols map[string]any) error {
	cols["updated_at"] = timex.Now()
	return dao.Translate(r.DB(ctx).Model(&paymodel.Payment{}).Where("id = ?", id).Updates(cols).Error, "t_payment")
}

// CasStatus moves the row from one state to another; false means somebody was faster.
func (r *PaymentRepo) CasStatus(ctx context.Context, id int64, from, to paymodel.PaymentStatus, extra map[string]any) (bool, error) {
	if !from.CanTransit(to) {
		return false, errs.Newf(errs.StateConflict, "t_payment %d: %s -> %s", id, from, to)
	}
	cols := map[string]any{"status": to, "updated_at": timex.Now()}
	for k, v := range extra {
		cols[k] = v
	}
	res := r.DB(ctx).Model(&paymodel.Payment{}).Where("id = ? AND status = ?", id, from).Updates(cols)
	return res.RowsAffected == 1, dao.Translate(res.Error, "t_payment")
}

func (r *PaymentRepo) CountByStatus(ctx context.Context) (map[paymodel.PaymentStatus]int64, error) {
	var rows []struct {
		Status paymodel.PaymentStatus
		N      int64
	}
	err := r.DB(ctx).Raw("SELECT status, COUNT(*) AS n FROM t_payment WHERE deleted_at IS NULL GROUP BY status").Scan(&rows).Error
	if err != nil {
		return nil, dao.Translate(err, "t_payment")
	}
	out := make(map[paymodel.PaymentStatus]int64, len(rows))
	for _, row := range rows {
		out[row.Status] = row.N
	}
	return out, nil
}

// ListExpired pages by id so that a long backlog does not lock the table.
func (r *PaymentRepo) ListExpired(ctx context.Context, now time.Time, afterID int64, limit int) ([]*paymodel.Payment, error) {
	var rows []*paymodel.Payment
	err := r.DB(ctx).Where("id > ? AND expire_at <= ?", afterID, now).Order("id").Limit(limit).Find(&rows).Error
	return rows, dao.Translate(err, "t_payment")
}

func (r *PaymentRepo) SumAmount(ctx context.Context, paymentNo string, from, to time.Time) (money.Amount, error) {
	var sum int64
	err := r.DB(ctx).Raw(
		"SELECT COALESCE(SUM(amount), 0) FROM t_payment WHERE payment_no = ? AND created_at >= ? AND created_at < ? AND deleted_at IS NULL",
		paymentNo, from, to,
	).Scan(&sum).Error
	return money.Amount(sum), dao.Translate(err, "t_payment")
}
