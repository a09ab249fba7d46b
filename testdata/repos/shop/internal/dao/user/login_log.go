package user

import (
	"context"
	"time"

	"gorm.io/gorm"

	"github.com/acme/shop/internal/dao"
	"github.com/acme/shop/internal/dto/page"
	usermodel "github.com/acme/shop/internal/model/user"
	"github.com/acme/shop/pkg/idgen"
	"github.com/acme/shop/pkg/timex"
)

// LoginLogFilter narrows List; zero values do not filter.
type LoginLogFilter struct {
	UserID   int64
	Method   string
	Success  *bool
	From, To time.Time
	page.Query
}

// LoginLogRepo reads and writes t_login_log.
type LoginLogRepo struct{ *dao.Base }

func NewLoginLogRepo(b *dao.Base) *LoginLogRepo { return &LoginLogRepo{Base: b} }

func (f LoginLogFilter) apply(q *gorm.DB) *gorm.DB {
	if f.UserID != 0 {
		q = q.Where("user_id = ?", f.UserID)
	}
	if f.Method != "" {
		q = q.Where("method = ?", f.Method)
	}
	if f.Success != nil {
		q = q.Where("success = ?", *f.Success)
	}
	if !f.From.IsZero() {
		q = q.Where("created_at >= ?", f.From)
	}
	if !f.To.IsZero() {
		q = q.Where("created_at < ?", f.To)
	}
	return q
}

func (r *LoginLogRepo) Create(ctx context.Context, row *usermodel.LoginLog) error {
	if row.ID == 0 {
		row.ID = idgen.Next()
	}
	if err := r.DB(ctx).Create(row).Error; err != nil {
		return dao.Translate(err, "t_login_log")
	}
	return nil
}

func (r *LoginLogRepo) Get(ctx context.Context, id int64) (*usermodel.LoginLog, error) {
	var row usermodel.LoginLog
	if err := r.DB(ctx).First(&row, id).Error; err != nil {
		return nil, dao.Translate(err, "t_login_log")
	}
	return &row, nil
}

func (r *LoginLogRepo) ListByUserID(ctx context.Context, userID int64) ([]*usermodel.LoginLog, error) {
	var rows []*usermodel.LoginLog
	err := r.DB(ctx).Where("user_id = ?", userID).Order("id DESC").Limit(dao.MaxRows).Find(&rows).Error
	return rows, dao.Translate(err, "t_login_log")
}

func (r *LoginLogRepo) ListByIP(ctx context.Context, iP string) ([]*usermodel.LoginLog, error) {
	var rows []*usermodel.LoginLog
	err := r.DB(ctx).Where("ip = ?", iP).Order("id DESC").Limit(dao.MaxRows).Find(&rows).Error
	return rows, dao.Translate(err, "t_login_log")
}

func (r *LoginLogRepo) List(ctx context.Context, f LoginLogFilter) ([]*usermodel.LoginLog, int64, error) {
	var (
		rows  []*usermodel.LoginLog
		total int64
	)
	q := f.apply(r.DB(ctx).Model(&usermodel.LoginLog{}))
	if err := q.Count(&total).Error; err != nil {
		return nil, 0, dao.Translate(err, "t_login_log")
	}
	if total == 0 {
		return nil, 0, nil
	}
	err := q.Order(f.OrderBy("id DESC")).Offset(f.Offset()).Limit(f.Limit()).Find(&rows).Error
	return rows, total, dao.Translate(err, "t_login_log")
}

// BatchGet returns what exists, keyed by id.
func (r *LoginLogRepo) BatchGet(ctx context.Context, ids []int64) (map[int64]*usermodel.LoginLog, error) {
	out := make(map[int64]*usermodel.LoginLog, len(ids))
	for start := 0; start < len(ids); start += dao.BatchSize {
		end := min(start+dao.BatchSize, len(ids))
		var rows []*usermodel.LoginLog
		if err := r.DB(ctx).Where("id IN ?", ids[start:end]).Find(&rows).Error; err != nil {
			return nil, dao.Translate(err, "t_login_log")
		}
		for _, row := range rows {
			out[row.ID] = row
		}
	}
	return out, nil
}

func (r *LoginLogRepo) Updates(ctx context.Context, id int64, cols map[string]any) error {
	cols["updated_at"] = timex.Now()
	return dao.Translate(r.DB(ctx).Model(&usermodel.LoginLog{}).Where("id = ?", id).Updates(cols).Error, "t_login_log")
}
