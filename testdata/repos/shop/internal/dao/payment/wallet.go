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

// WalletFilter narrows List; zero values do not filter.
type WalletFilter struct {
	UserID   int64
	Status   []paymodel.WalletStatus
	From, To time.Time
	page.Query
}

// WalletRepo reads and writes t_wallet.
type WalletRepo struct{ *dao.Base }

func NewWalletRepo(b *dao.Base) *WalletRepo { return &WalletRepo{Base: b} }

func (f WalletFilter) apply(q *gorm.DB) *gorm.DB {
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

func (r *WalletRepo) Create(ctx context.Context, row *paymodel.Wallet) error {
	if row.ID == 0 {
		row.ID = idgen.Next()
	}
	if err := r.DB(ctx).Create(row).Error; err != nil {
		return dao.Translate(err, "t_wallet")
	}
	return nil
}

func (r *WalletRepo) Get(ctx context.Context, id int64) (*paymodel.Wallet, error) {
	var row paymodel.Wallet
	if err := r.DB(ctx).First(&row, id).Error; err != nil {
		return nil, dao.Translate(err, "t_wallet")
	}
	return &row, nil
}

// GetForUpdate locks the row; call it inside store.Tx only.
func (r *WalletRepo) GetForUpdate(ctx context.Context, id int64) (*paymodel.Wallet, error) {
	var row paymodel.Wallet
	err := r.DB(ctx).Clauses(clause.Locking{Strength: "UPDATE"}).First(&row, id).Error
	if err != nil {
		return nil, dao.Translate(err, "t_wallet")
	}
	return &row, nil
}

func (r *WalletRepo) GetByUserID(ctx context.Context, userID int64) (*paymodel.Wallet, error) {
	var row paymodel.Wallet
	if err := r.DB(ctx).Where("user_id = ?", userID).Take(&row).Error; err != nil {
		return nil, dao.Translate(err, "t_wallet")
	}
	return &row, nil
}

func (r *WalletRepo) List(ctx context.Context, f WalletFilter) ([]*paymodel.Wallet, int64, error) {
	var (
		rows  []*paymodel.Wallet
		total int64
	)
	q := f.apply(r.DB(ctx).Model(&paymodel.Wallet{}))
	if err := q.Count(&total).Error; err != nil {
		return nil, 0, dao.Translate(err, "t_wallet")
	}
	if total == 0 {
		return nil, 0, nil
	}
	err := q.Order(f.OrderBy("id DESC")).Offset(f.Offset()).Limit(f.Limit()).Find(&rows).Error
	return rows, total, dao.Translate(err, "t_wallet")
}

// BatchGet returns what exists, keyed by id.
func (r *WalletRepo) BatchGet(ctx context.Context, ids []int64) (map[int64]*paymodel.Wallet, error) {
	out := make(map[int64]*paymodel.Wallet, len(ids))
	for start := 0; start < len(ids); start += dao.BatchSize {
		end := min(start+dao.BatchSize, len(ids))
		var rows []*paymodel.Wallet
		if err := r.DB(ctx).Where("id IN ?", ids[start:end]).Find(&rows).Error; err != nil {
			return nil, dao.Translate(err, "t_wallet")
		}
		for _, row := range rows {
			out[row.ID] = row
		}
	}
	return out, nil
}

func (r *WalletRepo) Updates(ctx context.Context, id int64, cols map[string]any) error {
	cols["updated_at"] = timex.Now()
	return dao.Translate(r.DB(ctx).Model(&paymodel.Wallet{}).Where("id = ?", id).Updates(cols).Error, "t_wallet")
}

// CasStatus moves the row from one state to another; false means somebody was faster.
func (r *WalletRepo) CasStatus(ctx context.Context, id int64, from, to paymodel.WalletStatus, extra map[string]any) (bool, error) {
	if !from.CanTransit(to) {
		return false, errs.Newf(errs.StateConflict, "t_wallet %d: %s -> %s", id, from, to)
	}
	cols := map[string]any{"status": to, "updated_at": timex.Now()}
	for k, v := range extra {
		cols[k] = v
	}
	res := r.DB(ctx).Model(&paymodel.Wallet{}).Where("id = ? AND status = ?", id, from).Updates(cols)
	return res.RowsAffected == 1, dao.Translate(res.Error, "t_wallet")
}

func (r *WalletRepo) CountByStatus(ctx context.Context) (map[paymodel.WalletStatus]int64, error) {
	var rows []struct {
		Status paymodel.WalletStatus
		N      int64
	}
	err := r.DB(ctx).Raw("SELECT status, COUNT(*) AS n FROM t_wallet WHERE deleted_at IS NULL GROUP BY status").Scan(&rows).Error
	if err != nil {
		return nil, dao.Translate(err, "t_wallet")
	}
	out := make(map[paymodel.WalletStatus]int64, len(rows))
	for _, row := range rows {
		out[row.Status] = row.N
	}
	return out, nil
}

func (r *WalletRepo) SumBalance(ctx context.Context, userID int64, from, to time.Time) (money.Amount, error) {
	var sum int64
	err := r.DB(ctx).Raw(
		"SELECT COALESCE(SUM(balance), 0) FROM t_wallet WHERE user_id = ? AND created_at >= ? AND created_at < ? AND deleted_at IS NULL",
		userID, from, to,
	).Scan(&sum).Error
	return money.Amount(sum), dao.Translate(err, "t_wallet")
}
