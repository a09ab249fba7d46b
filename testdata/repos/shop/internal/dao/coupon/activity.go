package coupon

import (
	"context"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"github.com/acme/shop/internal/dao"
	"github.com/acme/shop/internal/dto/page"
	couponmodel "github.com/acme/shop/internal/model/coupon"
	"github.com/acme/shop/pkg/errs"
	"github.com/acme/shop/pkg/idgen"
	"github.com/acme/shop/pkg/money"
	"github.com/acme/shop/pkg/timex"
)

// ActivityFilter narrows List; zero values do not filter.
type ActivityFilter struct {
	ActivityNo string
	Name       string
	Kind       string
	ShopID     int64
	Status     []couponmodel.ActivityStatus
	From, To   time.Time
	page.Query
}

// ActivityRepo reads and writes t_promo_activity.
type ActivityRepo struct{ *dao.Base }

func NewActivityRepo(b *dao.Base) *ActivityRepo { return &ActivityRepo{Base: b} }

func (f ActivityFilter) apply(q *gorm.DB) *gorm.DB {
	if f.ActivityNo != "" {
		q = q.Where("activity_no = ?", f.ActivityNo)
	}
	if f.Name != "" {
		q = q.Where("name LIKE ?", f.Name+"%")
	}
	if f.Kind != "" {
		q = q.Where("kind = ?", f.Kind)
	}
	if f.ShopID != 0 {
		q = q.Where("shop_id = ?", f.ShopID)
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

func (r *ActivityRepo) Create(ctx context.Context, row *couponmodel.Activity) error {
	if row.ID == 0 {
		row.ID = idgen.Next()
	}
	if err := r.DB(ctx).Create(row).Error; err != nil {
		return dao.Translate(err, "t_promo_activity")
	}
	return nil
}

func (r *ActivityRepo) Get(ctx context.Context, id int64) (*couponmodel.Activity, error) {
	var row couponmodel.Activity
	if err := r.DB(ctx).First(&row, id).Error; err != nil {
		return nil, dao.Translate(err, "t_promo_activity")
	}
	return &row, nil
}

// GetForUpdate locks the row; call it inside store.Tx only.
func (r *ActivityRepo) GetForUpdate(ctx context.Context, id int64) (*couponmodel.Activity, error) {
	var row couponmodel.Activity
	err := r.DB(ctx).Clauses(clause.Locking{Strength: "UPDATE"}).First(&row, id).Error
	if err != nil {
		return nil, dao.Translate(err, "t_promo_activity")
	}
	return &row, nil
}

func (r *ActivityRepo) GetByActivityNo(ctx context.Context, activityNo string) (*couponmodel.Activity, error) {
	var row couponmodel.Activity
	if err := r.DB(ctx).Where("activity_no = ?", activityNo).Take(&row).Error; err != nil {
		return nil, dao.Translate(err, "t_promo_activity")
	}
	return &row, nil
}

func (r *ActivityRepo) List(ctx context.Context, f ActivityFilter) ([]*couponmodel.Activity, int64, error) {
	var (
		rows  []*couponmodel.Activity
		total int64
	)
	q := f.apply(r.DB(ctx).Model(&couponmodel.Activity{}))
	if err := q.Count(&total).Error; err != nil {
		return nil, 0, dao.Translate(err, "t_promo_activity")
	}
	if total == 0 {
		return nil, 0, nil
	}
	err := q.Order(f.OrderBy("id DESC")).Offset(f.Offset()).Limit(f.Limit()).Find(&rows).Error
	return rows, total, dao.Translate(err, "t_promo_activity")
}

// BatchGet returns what exists, keyed by id.
func (r *ActivityRepo) BatchGet(ctx context.Context, ids []int64) (map[int64]*couponmodel.Activity, error) {
	out := make(map[int64]*couponmodel.Activity, len(ids))
	for start := 0; start < len(ids); start += dao.BatchSize {
		end := min(start+dao.BatchSize, len(ids))
		var rows []*couponmodel.Activity
		if err := r.DB(ctx).Where("id IN ?", ids[start:end]).Find(&rows).Error; err != nil {
			return nil, dao.Translate(err, "t_promo_activity")
		}
		for _, row := range rows {
			out[row.ID] = row
		}
	}
	return out, nil
}

func (r *ActivityRepo) Updates(ctx context.Context, id int64, cols map[string]any) error {
	cols["updated_at"] = timex.Now()
	return dao.Translate(r.DB(ctx).Model(&couponmodel.Activity{}).Where("id = ?", id).Updates(cols).Error, "t_promo_activity")
}

// CasStatus moves the row from one state to another; false means somebody was faster.
func (r *ActivityRepo) CasStatus(ctx context.Context, id int64, from, to couponmodel.ActivityStatus, extra map[string]any) (bool, error) {
	if !from.CanTransit(to) {
		return false, errs.Newf(errs.StateConflict, "t_promo_activity %d: %s -> %s", id, from, to)
	}
	cols := map[string]any{"status": to, "updated_at": timex.Now()}
	for k, v := range extra {
		cols[k] = v
	}
	res := r.DB(ctx).Model(&couponmodel.Activity{}).Where("id = ? AND status = ?", id, from).Updates(cols)
	return res.RowsAffected == 1, dao.Translate(res.Error, "t_promo_activity")
}

func (r *ActivityRepo) CountByStatus(ctx context.Context) (map[couponmodel.ActivityStatus]int64, error) {
	var rows []struct {
		Status couponmodel.ActivityStatus
		N      int64
	}
	err := r.DB(ctx).Raw("SELECT status, COUNT(*) AS n FROM t_promo_activity WHERE deleted_at IS NULL GROUP BY status").Scan(&rows).Error
	if err != nil {
		return nil, dao.Translate(err, "t_promo_activity")
	}
	out := make(map[couponmodel.ActivityStatus]int64, len(rows))
	for _, row := range rows {
		out[row.Status] = row.N
	}
	return out, nil
}

func (r *ActivityRepo) SumBudget(ctx context.Context, activityNo string, from, to time.Time) (money.Amount, error) {
	var sum int64
	err := r.DB(ctx).Raw(
		"SELECT COALESCE(SUM(budget), 0) FROM t_promo_activity WHERE activity_no = ? AND created_at >= ? AND created_at < ? AND deleted_at IS NULL",
		activityNo, from, to,
	).Scan(&sum).Error
	return money.Amount(sum), dao.Translate(err, "t_promo_activity")
}
