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
	"github.com/acme/shop/pkg/timex"
)

// UserCouponFilter narrows List; zero values do not filter.
type UserCouponFilter struct {
	TemplateID int64
	UserID     int64
	CouponNo   string
	ExpireAt   time.Time
	Status     []couponmodel.UserCouponStatus
	From, To   time.Time
	page.Query
}

// UserCouponRepo reads and writes t_user_coupon.
type UserCouponRepo struct{ *dao.Base }

func NewUserCouponRepo(b *dao.Base) *UserCouponRepo { return &UserCouponRepo{Base: b} }

func (f UserCouponFilter) apply(q *gorm.DB) *gorm.DB {
	if f.TemplateID != 0 {
		q = q.Where("template_id = ?", f.TemplateID)
	}
	if f.UserID != 0 {
		q = q.Where("user_id = ?", f.UserID)
	}
	if f.CouponNo != "" {
		q = q.Where("coupon_no = ?", f.CouponNo)
	}
	if !f.ExpireAt.IsZero() {
		q = q.Where("expire_at <= ?", f.ExpireAt)
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

func (r *UserCouponRepo) Create(ctx context.Context, row *couponmodel.UserCoupon) error {
	if row.ID == 0 {
		row.ID = idgen.Next()
	}
	if err := r.DB(ctx).Create(row).Error; err != nil {
		return dao.Translate(err, "t_user_coupon")
	}
	return nil
}

func (r *UserCouponRepo) Get(ctx context.Context, id int64) (*couponmodel.UserCoupon, error) {
	var row couponmodel.UserCoupon
	if err := r.DB(ctx).First(&row, id).Error; err != nil {
		return nil, dao.Translate(err, "t_user_coupon")
	}
	return &row, nil
}

// GetForUpdate locks the row; call it inside store.Tx only.
func (r *UserCouponRepo) GetForUpdate(ctx context.Context, id int64) (*couponmodel.UserCoupon, error) {
	var row couponmodel.UserCoupon
	err := r.DB(ctx).Clauses(clause.Locking{Strength: "UPDATE"}).First(&row, id).Error
	if err != nil {
		return nil, dao.Translate(err, "t_user_coupon")
	}
	return &row, nil
}

func (r *UserCouponRepo) ListByTemplateID(ctx context.Context, templateID int64) ([]*couponmodel.UserCoupon, error) {
	var rows []*couponmodel.UserCoupon
	err := r.DB(ctx).Where("template_id = ?", templateID).Order("id DESC").Limit(dao.MaxRows).Find(&rows).Error
	return rows, dao.Translate(err, "t_user_coupon")
}

func (r *UserCouponRepo) ListByUserID(ctx context.Context, userID int64) ([]*couponmodel.UserCoupon, error) {
	var rows []*couponmodel.UserCoupon
	err := r.DB(ctx).Where("user_id = ?", userID).Order("id DESC").Limit(dao.MaxRows).Find(&rows).Error
	return rows, dao.Translate(err, "t_user_coupon")
}

func (r *UserCouponRepo) GetByCouponNo(ctx context.Context, couponNo string) (*couponmodel.UserCoupon, error) {
	var row couponmodel.UserCoupon
	if err := r.DB(ctx).Where("coupon_no = ?", couponNo).Take(&row).Error; err != nil {
		return nil, dao.Translate(err, "t_user_coupon")
	}
	return &row, nil
}

func (r *UserCouponRepo) ListByOrderNo(ctx context.Context, orderNo string) ([]*couponmodel.UserCoupon, error) {
	var rows []*couponmodel.UserCoupon
	err := r.DB(ctx).Where("order_no = ?", orderNo).Order("id DESC").Limit(dao.MaxRows).Find(&rows).Error
	return rows, dao.Translate(err, "t_user_coupon")
}

func (r *UserCouponRepo) List(ctx context.Context, f UserCouponFilter) ([]*couponmodel.UserCoupon, int64, error) {
	var (
		rows  []*couponmodel.UserCoupon
		total int64
	)
	q := f.apply(r.DB(ctx).Model(&couponmodel.UserCoupon{}))
	if err := q.Count(&total).Error; err != nil {
		return nil, 0, dao.Translate(err, "t_user_coupon")
	}
	if total == 0 {
		return nil, 0, nil
	}
	err := q.Order(f.OrderBy("id DESC")).Offset(f.Offset()).Limit(f.Limit()).Find(&rows).Error
	return rows, total, dao.Translate(err, "t_user_coupon")
}

// BatchGet returns what exists, keyed by id.
func (r *UserCouponRepo) BatchGet(ctx context.Context, ids []int64) (map[int64]*couponmodel.UserCoupon, error) {
	out := make(map[int64]*couponmodel.UserCoupon, len(ids))
	for start := 0; start < len(ids); start += dao.BatchSize {
		end := min(start+dao.BatchSize, len(ids))
		var rows []*couponmodel.UserCoupon
		if err := r.DB(ctx).Where("id IN ?", ids[start:end]).Find(&rows).Error; err != nil {
			return nil, dao.Translate(err, "t_user_coupon")
		}
		for _, row := range rows {
			out[row.ID] = row
		}
	}
	return out, nil
}

func (r *UserCouponRepo) Updates(ctx context.Context, id int64, cols map[string]any) error {
	cols["updated_at"] = timex.Now()
	return dao.Translate(r.DB(ctx).Model(&couponmodel.UserCoupon{}).Where("id = ?", id).Updates(cols).Error, "t_user_coupon")
}

// CasStatus moves the row from one state to another; false means somebody was faster.
func (r *UserCouponRepo) CasStatus(ctx context.Context, id int64, from, to couponmodel.UserCouponStatus, extra map[string]any) (bool, error) {
	if !from.CanTransit(to) {
		return false, errs.Newf(errs.StateConflict, "t_user_coupon %d: %s -> %s", id, from, to)
	}
	cols := map[string]any{"status": to, "updated_at": timex.Now()}
	for k, v := range extra {
		cols[k] = v
	}
	res := r.DB(ctx).Model(&couponmodel.UserCoupon{}).Where("id = ? AND status = ?", id, from).Updates(cols)
	return res.RowsAffected == 1, dao.Translate(res.Error, "t_user_coupon")
}

func (r *UserCouponRepo) CountByStatus(ctx context.Context) (map[couponmodel.UserCouponStatus]int64, error) {
	var rows []struct {
		Status couponmodel.UserCouponStatus
		N      int64
	}
	err := r.DB(ctx).Raw("SELECT status, COUNT(*) AS n FROM t_user_coupon WHERE deleted_at IS NULL GROUP BY status").Scan(&rows).Error
	if err != nil {
		return nil, dao.Translate(err, "t_user_coupon")
	}
	out := make(map[couponmodel.UserCouponStatus]int64, len(rows))
	for _, row := range rows {
		out[row.Status] = row.N
	}
	return out, nil
}

// ListExpired pages by id so that a long backlog does not lock the table.
func (r *UserCouponRepo) ListExpired(ctx context.Context, now time.Time, afterID int64, limit int) ([]*couponmodel.UserCoupon, error) {
	var rows []*couponmodel.UserCoupon
	err := r.DB(ctx).Where("id > ? AND expire_at <= ?", afterID, now).Order("id").Limit(limit).Find(&rows).Error
	return rows, dao.Translate(err, "t_user_coupon")
}
