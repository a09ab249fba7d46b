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

// AfterSaleFilter narrows List; zero values do not filter.
type AfterSaleFilter struct {
	AfterSaleNo string
	OrderID     int64
	UserID      int64
	Kind        string
	Status      []enum.AfterSaleStatus
	From, To    time.Time
	page.Query
}

// AfterSaleRepo reads and writes t_after_sale.
type AfterSaleRepo struct{ *dao.Base }

func NewAfterSaleRepo(b *dao.Base) *AfterSaleRepo { return &AfterSaleRepo{Base: b} }

func (f AfterSaleFilter) apply(q *gorm.DB) *gorm.DB {
	if f.AfterSaleNo != "" {
		q = q.Where("after_sale_no = ?", f.AfterSaleNo)
	}
	if f.OrderID != 0 {
		q = q.Where("order_id = ?", f.OrderID)
	}
	if f.UserID != 0 {
		q = q.Where("user_id = ?", f.UserID)
	}
	if f.Kind != "" {
		q = q.Where("kind = ?", f.Kind)
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

func (r *AfterSaleRepo) Create(ctx context.Context, row *ordermodel.AfterSale) error {
	if row.ID == 0 {
		row.ID = idgen.Next()
	}
	if err := r.DB(ctx).Create(row).Error; err != nil {
		return dao.Translate(err, "t_after_sale")
	}
	return nil
}

func (r *AfterSaleRepo) Get(ctx context.Context, id int64) (*ordermodel.AfterSale, error) {
	var row ordermodel.AfterSale
	if err := r.DB(ctx).First(&row, id).Error; err != nil {
		return nil, dao.Translate(err, "t_after_sale")
	}
	return &row, nil
}

// GetForUpdate locks the row; call it inside store.Tx only.
func (r *AfterSaleRepo) GetForUpdate(ctx context.Context, id int64) (*ordermodel.AfterSale, error) {
	var row ordermodel.AfterSale
	err := r.DB(ctx).Clauses(clause.Locking{Strength: "UPDATE"}).First(&row, id).Error
	if err != nil {
		return nil, dao.Translate(err, "t_after_sale")
	}
	return &row, nil
}

func (r *AfterSaleRepo) GetByAfterSaleNo(ctx context.Context, afterSaleNo string) (*ordermodel.AfterSale, error) {
	var row ordermodel.AfterSale
	if err := r.DB(ctx).Where("after_sale_no = ?", afterSaleNo).Take(&row).Error; err != nil {
		return nil, dao.Translate(err, "t_after_sale")
	}
	return &row, nil
}

func (r *AfterSaleRepo) ListByOrderID(ctx context.Context, orderID int64) ([]*ordermodel.AfterSale, error) {
	var rows []*ordermodel.AfterSale
	err := r.DB(ctx).Where("order_id = ?", orderID).Order("id DESC").Limit(dao.MaxRows).Find(&rows).Error
	return rows, dao.Translate(err, "t_after_sale")
}

func (r *AfterSaleRepo) ListByItemID(ctx context.Context, itemID int64) ([]*ordermodel.AfterSale, error) {
	var rows []*ordermodel.AfterSale
	err := r.DB(ctx).Where("item_id = ?", itemID).Order("id DESC").Limit(dao.MaxRows).Find(&rows).Error
	return rows, dao.Translate(err, "t_after_sale")
}

func (r *AfterSaleRepo) ListByUserID(ctx context.Context, userID int64) ([]*ordermodel.AfterSale, error) {
	var rows []*ordermodel.AfterSale
	err := r.DB(ctx).Where("user_id = ?", userID).Order("id DESC").Limit(dao.MaxRows).Find(&rows).Error
	return rows, dao.Translate(err, "t_after_sale")
}

func (r *AfterSaleRepo) List(ctx context.Context, f AfterSaleFilter) ([]*ordermodel.AfterSale, int64, error) {
	var (
		rows  []*ordermodel.AfterSale
		total int64
	)
	q := f.apply(r.DB(ctx).Model(&ordermodel.AfterSale{}))
	if err := q.Count(&total).Error; err != nil {
		return nil, 0, dao.Translate(err, "t_after_sale")
	}
	if total == 0 {
		return nil, 0, nil
	}
	err := q.Order(f.OrderBy("id DESC")).Offset(f.Offset()).Limit(f.Limit()).Find(&rows).Error
	return rows, total, dao.Translate(err, "t_after_sale")
}

// BatchGet returns what exists, keyed by id.
func (r *AfterSaleRepo) BatchGet(ctx context.Context, ids []int64) (map[int64]*ordermodel.AfterSale, error) {
	out := make(map[int64]*ordermodel.AfterSale, len(ids))
	for start := 0; start < len(ids); start += dao.BatchSize {
		end := min(start+dao.BatchSize, len(ids))
		var rows []*ordermodel.AfterSale
		if err := r.DB(ctx).Where("id IN ?", ids[start:end]).Find(&rows).Error; err != nil {
			return nil, dao.Translate(err, "t_after_sale")
		}
		for _, row := range rows {
			out[row.ID] = row
		}
	}
	return out, nil
}

func (r *AfterSaleRepo) Updates(ctx context.Context, id int64, cols map[string]any) error {
	cols["updated_at"] = timex.Now()
	return dao.Translate(r.DB(ctx).Model(&ordermodel.AfterSale{}).Where("id = ?", id).Updates(cols).Error, "t_after_sale")
}

// CasStatus moves the row from one state to another; false means somebody was faster.
func (r *AfterSaleRepo) CasStatus(ctx context.Context, id int64, from, to enum.AfterSaleStatus, extra map[string]any) (bool, error) {
	if !from.CanTransit(to) {
		return false, errs.Newf(errs.StateConflict, "t_after_sale %d: %s -> %s", id, from, to)
	}
	cols := map[string]any{"status": to, "updated_at": timex.Now()}
	for k, v := range extra {
		cols[k] = v
	}
	res := r.DB(ctx).Model(&ordermodel.AfterSale{}).Where("id = ? AND status = ?", id, from).Updates(cols)
	return res.RowsAffected == 1, dao.Translate(res.Error, "t_after_sale")
}

func (r *AfterSaleRepo) CountByStatus(ctx context.Context) (map[enum.AfterSaleStatus]int64, error) {
	var rows []struct {
		Status enum.AfterSaleStatus
		N      int64
	}
	err := r.DB(ctx).Raw("SELECT status, COUNT(*) AS n FROM t_after_sale WHERE deleted_at IS NULL GROUP BY status").Scan(&rows).Error
	if err != nil {
		return nil, dao.Translate(err, "t_after_sale")
	}
	out := make(map[enum.AfterSaleStatus]int64, len(rows))
	for _, row := range rows {
		out[row.Status] = row.N
	}
	return out, nil
}

func (r *AfterSaleRepo) SumAmount(ctx context.Context, afterSaleNo string, from, to time.Time) (money.Amount, error) {
	var sum int64
	err := r.DB(ctx).Raw(
		"SELECT COALESCE(SUM(amount), 0) FROM t_after_sale WHERE after_sale_no = ? AND created_at >= ? AND created_at < ? AND deleted_at IS NULL",
		afterSaleNo, from, to,
	).Scan(&sum).Error
	return money.Amount(sum), dao.Translate(err, "t_after_sale")
}
