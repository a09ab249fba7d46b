package payment

import (
	"context"
	"time"

	"gorm.io/gorm"

	"github.com/acme/shop/internal/dao"
	"github.com/acme/shop/internal/dto/page"
	paymodel "github.com/acme/shop/internal/model/payment"
	"github.com/acme/shop/pkg/idgen"
	"github.com/acme/shop/pkg/money"
	"github.com/acme/shop/pkg/timex"
)

// WalletFlowFilter narrows List; zero values do not filter.
type WalletFlowFilter struct {
	WalletID  int64
	FlowNo    string
	Direction int16
	BizType   string
	From, To  time.Time
	page.Query
}

// WalletFlowRepo reads and writes t_wallet_flow.
type WalletFlowRepo struct{ *dao.Base }

func NewWalletFlowRepo(b *dao.Base) *WalletFlowRepo { return &WalletFlowRepo{Base: b} }

func (f WalletFlowFilter) apply(q *gorm.DB) *gorm.DB {
	if f.WalletID != 0 {
		q = q.Where("wallet_id = ?", f.WalletID)
	}
	if f.FlowNo != "" {
		q = q.Where("flow_no = ?", f.FlowNo)
	}
	if f.Direction != 0 {
		q = q.Where("direction = ?", f.Direction)
	}
	if f.BizType != "" {
		q = q.Where("biz_type = ?", f.BizType)
	}
	if !f.From.IsZero() {
		q = q.Where("created_at >= ?", f.From)
	}
	if !f.To.IsZero() {
		q = q.Where("created_at < ?", f.To)
	}
	return q
}

func (r *WalletFlowRepo) Create(ctx context.Context, row *paymodel.WalletFlow) error {
	if row.ID == 0 {
		row.ID = idgen.Next()
	}
	if err := r.DB(ctx).Create(row).Error; err != nil {
		return dao.Translate(err, "t_wallet_flow")
	}
	return nil
}

func (r *WalletFlowRepo) Get(ctx context.Context, id int64) (*paymodel.WalletFlow, error) {
	var row paymodel.WalletFlow
	if err := r.DB(ctx).First(&row, id).Error; err != nil {
		return nil, dao.Translate(err, "t_wallet_flow")
	}
	return &row, nil
}

func (r *WalletFlowRepo) ListByWalletID(ctx context.Context, walletID int64) ([]*paymodel.WalletFlow, error) {
	var rows []*paymodel.WalletFlow
	err := r.DB(ctx).Where("wallet_id = ?", walletID).Order("id DESC").Limit(dao.MaxRows).Find(&rows).Error
	return rows, dao.Translate(err, "t_wallet_flow")
}

func (r *WalletFlowRepo) GetByFlowNo(ctx context.Context, flowNo string) (*paymodel.WalletFlow, error) {
	var row paymodel.WalletFlow
	if err := r.DB(ctx).Where("flow_no = ?", flowNo).Take(&row).Error; err != nil {
		return nil, dao.Translate(err, "t_wallet_flow")
	}
	return &row, nil
}

func (r *WalletFlowRepo) ListByBizType(ctx context.Context, bizType string) ([]*paymodel.WalletFlow, error) {
	var rows []*paymodel.WalletFlow
	err := r.DB(ctx).Where("biz_type = ?", bizType).Order("id DESC").Limit(dao.MaxRows).Find(&rows).Error
	return rows, dao.Translate(err, "t_wallet_flow")
}

func (r *WalletFlowRepo) ListByBizNo(ctx context.Context, bizNo string) ([]*paymodel.WalletFlow, error) {
	var rows []*paymodel.WalletFlow
	err := r.DB(ctx).Where("biz_no = ?", bizNo).Order("id DESC").Limit(dao.MaxRows).Find(&rows).Error
	return rows, dao.Translate(err, "t_wallet_flow")
}

func (r *WalletFlowRepo) List(ctx context.Context, f WalletFlowFilter) ([]*paymodel.WalletFlow, int64, error) {
	var (
		rows  []*paymodel.WalletFlow
		total int64
	)
	q := f.apply(r.DB(ctx).Model(&paymodel.WalletFlow{}))
	if err := q.Count(&total).Error; err != nil {
		return nil, 0, dao.Translate(err, "t_wallet_flow")
	}
	if total == 0 {
		return nil, 0, nil
	}
	err := q.Order(f.OrderBy("id DESC")).Offset(f.Offset()).Limit(f.Limit()).Find(&rows).Error
	return rows, total, dao.Translate(err, "t_wallet_flow")
}

// BatchGet returns what exists, keyed by id.
func (r *WalletFlowRepo) BatchGet(ctx context.Context, ids []int64) (map[int64]*paymodel.WalletFlow, error) {
	out := make(map[int64]*paymodel.WalletFlow, len(ids))
	for start := 0; start < len(ids); start += dao.BatchSize {
		end := min(start+dao.BatchSize, len(ids))
		var rows []*paymodel.WalletFlow
		if err := r.DB(ctx).Where("id IN ?", ids[start:end]).Find(&rows).Error; err != nil {
			return nil, dao.Translate(err, "t_wallet_flow")
		}
		for _, row := range rows {
			out[row.ID] = row
		}
	}
	return out, nil
}

func (r *WalletFlowRepo) Updates(ctx context.Context, id int64, cols map[string]any) error {
	cols["updated_at"] = timex.Now()
	return dao.Translate(r.DB(ctx).Model(&paymodel.WalletFlow{}).Where("id = ?", id).Updates(cols).Error, "t_wallet_flow")
}

func (r *WalletFlowRepo) SumAmount(ctx context.Context, walletID int64, from, to time.Time) (money.Amount, error) {
	var sum int64
	err := r.DB(ctx).Raw(
		"SELECT COALESCE(SUM(amount), 0) FROM t_wallet_flow WHERE wallet_id = ? AND created_at >= ? AND created_at < ? AND deleted_at IS NULL",
		walletID, from, to,
	).Scan(&sum).Error
	return money.Amount(sum), dao.Translate(err, "t_wallet_flow")
}
