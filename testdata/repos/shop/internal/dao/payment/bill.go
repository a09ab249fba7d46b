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

// BillFilter narrows List; zero values do not filter.
type BillFilter struct {
	BillDate    string
	ChannelCode string
	Status      []paymodel.BillStatus
	From, To    time.Time
	page.Query
}

// BillRepo reads and writes t_reconcile_bill.
type BillRepo struct{ *dao.Base }

func NewBillRepo(b *dao.Base) *BillRepo { return &BillRepo{Base: b} }

func (f BillFilter) apply(q *gorm.DB) *gorm.DB {
	if f.BillDate != "" {
		q = q.Where("bill_date = ?", f.BillDate)
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

func (r *BillRepo) Create(ctx context.Context, row *paymodel.Bill) error {
	if row.ID == 0 {
		row.ID = idgen.Next()
	}
	if err := r.DB(ctx).Create(row).Error; err != nil {
		return dao.Translate(err, "t_reconcile_bill")
	}
	return nil
}

func (r *BillRepo) Get(ctx context.Context, id int64) (*paymodel.Bill, error) {
	var row paymodel.Bill
	if err := r.DB(ctx).First(&row, id).Error; err != nil {
		return nil, dao.Translate(err, "t_reconcile_bill")
	}
	return &row, nil
}

// GetForUpdate locks the row; call it inside store.Tx only.
func (r *BillRepo) GetForUpdate(ctx context.Context, id int64) (*paymodel.Bill, error) {
	var row paymodel.Bill
	err := r.DB(ctx).Clauses(clause.Locking{Strength: "UPDATE"}).First(&row, id).Error
	if err != nil {
		return nil, dao.Translate(err, "t_reconcile_bill")
	}
	return &row, nil
}

func (r *BillRepo) ListByBillDate(ctx context.Context, billDate string) ([]*paymodel.Bill, error) {
	var rows []*paymodel.Bill
	err := r.DB(ctx).Where("bill_date = ?", billDate).Order("id DESC").Limit(dao.MaxRows).Find(&rows).Error
	return rows, dao.Translate(err, "t_reconcile_bill")
}

func (r *BillRepo) List(ctx context.Context, f BillFilter) ([]*paymodel.Bill, int64, error) {
	var (
		rows  []*paymodel.Bill
		total int64
	)
	q := f.apply(r.DB(ctx).Model(&paymodel.Bill{}))
	if err := q.Count(&total).Error; err != nil {
		return nil, 0, dao.Translate(err, "t_reconcile_bill")
	}
	if total == 0 {
		return nil, 0, nil
	}
	err := q.Order(f.OrderBy("id DESC")).Offset(f.Offset()).Limit(f.Limit()).Find(&rows).Error
	return rows, total, dao.Translate(err, "t_reconcile_bill")
}

// BatchGet returns what exists, keyed by id.
func (r *BillRepo) BatchGet(ctx context.Context, ids []int64) (map[int64]*paymodel.Bill, error) {
	out := make(map[int64]*paymodel.Bill, len(ids))
	for start := 0; start < len(ids); start += dao.BatchSize {
		end := min(start+dao.BatchSize, len(ids))
		var rows []*paymodel.Bill
		if err := r.DB(ctx).Where("id IN ?", ids[start:end]).Find(&rows).Error; err != nil {
			return nil, dao.Translate(err, "t_reconcile_bill")
		}
		for _, row := range rows {
			out[row.ID] = row
		}
	}
	return out, nil
}

func (r *BillRepo) Updates(ctx context.Context, id int64, cols map[string]any) error {
	cols["updated_at"] = timex.Now()
	return dao.Translate(r.DB(ctx).Model(&paymodel.Bill{}).Where("id = ?", id).Updates(cols).Error, "t_reconcile_bill")
}

// CasStatus moves the row from one state to another; false means somebody was faster.
func (r *BillRepo) CasStatus(ctx context.Context, id int64, from, to paymodel.BillStatus, extra map[string]any) (bool, error) {
	if !from.CanTransit(to) {
		return false, errs.Newf(errs.StateConflict, "t_reconcile_bill %d: %s -> %s", id, from, to)
	}
	cols := map[string]any{"status": to, "updated_at": timex.Now()}
	for k, v := range extra {
		cols[k] = v
	}
	res := r.DB(ctx).Model(&paymodel.Bill{}).Where("id = ? AND status = ?", id, from).Updates(cols)
	return res.RowsAffected == 1, dao.Translate(res.Error, "t_reconcile_bill")
}

func (r *BillRepo) CountByStatus(ctx context.Context) (map[paymodel.BillStatus]int64, error) {
	var rows []struct {
		Status paymodel.BillStatus
		N      int64
	}
	err := r.DB(ctx).Raw("SELECT status, COUNT(*) AS n FROM t_reconcile_bill WHERE deleted_at IS NULL GROUP BY status").Scan(&rows).Error
	if err != nil {
		return nil, dao.Translate(err, "t_reconcile_bill")
	}
	out := make(map[paymodel.BillStatus]int64, len(rows))
	for _, row := range rows {
		out[row.Status] = row.N
	}
	return out, nil
}

func (r *BillRepo) SumOurAmount(ctx context.Context, billDate string, from, to time.Time) (money.Amount, error) {
	var sum int64
	err := r.DB(ctx).Raw(
		"SELECT COALESCE(SUM(our_amount), 0) FROM t_reconcile_bill WHERE bill_date = ? AND created_at >= ? AND created_at < ? AND deleted_at IS NULL",
		billDate, from, to,
	).Scan(&sum).Error
	return money.Amount(sum), dao.Translate(err, "t_reconcile_bill")
}
