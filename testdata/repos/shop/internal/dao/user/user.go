package user

import (
	"context"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"github.com/acme/shop/internal/dao"
	"github.com/acme/shop/internal/dto/page"
	usermodel "github.com/acme/shop/internal/model/user"
	"github.com/acme/shop/pkg/errs"
	"github.com/acme/shop/pkg/idgen"
	"github.com/acme/shop/pkg/timex"
)

// UserFilter narrows List; zero values do not filter.
type UserFilter struct {
	Phone          string
	Nickname       string
	Email          string
	Level          int16
	Country        string
	RegisterSource string
	Status         []usermodel.UserStatus
	From, To       time.Time
	page.Query
}

// UserRepo reads and writes t_user.
type UserRepo struct{ *dao.Base }

func NewUserRepo(b *dao.Base) *UserRepo { return &UserRepo{Base: b} }

func (f UserFilter) apply(q *gorm.DB) *gorm.DB {
	if f.Phone != "" {
		q = q.Where("phone = ?", f.Phone)
	}
	if f.Nickname != "" {
		q = q.Where("nickname LIKE ?", f.Nickname+"%")
	}
	if f.Email != "" {
		q = q.Where("email = ?", f.Email)
	}
	if f.Level != 0 {
		q = q.Where("level = ?", f.Level)
	}
	if f.Country != "" {
		q = q.Where("country = ?", f.Country)
	}
	if f.RegisterSource != "" {
		q = q.Where("register_source = ?", f.RegisterSource)
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

func (r *UserRepo) Create(ctx context.Context, row *usermodel.User) error {
	if row.ID == 0 {
		row.ID = idgen.Next()
	}
	if err := r.DB(ctx).Create(row).Error; err != nil {
		return dao.Translate(err, "t_user")
	}
	return nil
}

func (r *UserRepo) Get(ctx context.Context, id int64) (*usermodel.User, error) {
	var row usermodel.User
	if err := r.DB(ctx).First(&row, id).Error; err != nil {
		return nil, dao.Translate(err, "t_user")
	}
	return &row, nil
}

// GetForUpdate locks the row; call it inside store.Tx only.
func (r *UserRepo) GetForUpdate(ctx context.Context, id int64) (*usermodel.User, error) {
	var row usermodel.User
	err := r.DB(ctx).Clauses(clause.Locking{Strength: "UPDATE"}).First(&row, id).Error
	if err != nil {
		return nil, dao.Translate(err, "t_user")
	}
	return &row, nil
}

func (r *UserRepo) GetByPhone(ctx context.Context, phone string) (*usermodel.User, error) {
	var row usermodel.User
	if err := r.DB(ctx).Where("phone = ?", phone).Take(&row).Error; err != nil {
		return nil, dao.Translate(err, "t_user")
	}
	return &row, nil
}

func (r *UserRepo) ListByEmail(ctx context.Context, email string) ([]*usermodel.User, error) {
	var rows []*usermodel.User
	err := r.DB(ctx).Where("email = ?", email).Order("id DESC").Limit(dao.MaxRows).Find(&rows).Error
	return rows, dao.Translate(err, "t_user")
}

func (r *UserRepo) List(ctx context.Context, f UserFilter) ([]*usermodel.User, int64, error) {
	var (
		rows  []*usermodel.User
		total int64
	)
	q := f.apply(r.DB(ctx).Model(&usermodel.User{}))
	if err := q.Count(&total).Error; err != nil {
		return nil, 0, dao.Translate(err, "t_user")
	}
	if total == 0 {
		return nil, 0, nil
	}
	err := q.Order(f.OrderBy("id DESC")).Offset(f.Offset()).Limit(f.Limit()).Find(&rows).Error
	return rows, total, dao.Translate(err, "t_user")
}

// BatchGet returns what exists, keyed by id.
func (r *UserRepo) BatchGet(ctx context.Context, ids []int64) (map[int64]*usermodel.User, error) {
	out := make(map[int64]*usermodel.User, len(ids))
	for start := 0; start < len(ids); start += dao.BatchSize {
		end := min(start+dao.BatchSize, len(ids))
		var rows []*usermodel.User
		if err := r.DB(ctx).Where("id IN ?", ids[start:end]).Find(&rows).Error; err != nil {
			return nil, dao.Translate(err, "t_user")
		}
		for _, row := range rows {
			out[row.ID] = row
		}
	}
	return out, nil
}

func (r *UserRepo) Updates(ctx context.Context, id int64, cols map[string]any) error {
	cols["updated_at"] = timex.Now()
	return dao.Translate(r.DB(ctx).Model(&usermodel.User{}).Where("id = ?", id).Updates(cols).Error, "t_user")
}

// CasStatus moves the row from one state to another; false means somebody was faster.
func (r *UserRepo) CasStatus(ctx context.Context, id int64, from, to usermodel.UserStatus, extra map[string]any) (bool, error) {
	if !from.CanTransit(to) {
		return false, errs.Newf(errs.StateConflict, "t_user %d: %s -> %s", id, from, to)
	}
	cols := map[string]any{"status": to, "updated_at": timex.Now()}
	for k, v := range extra {
		cols[k] = v
	}
	res := r.DB(ctx).Model(&usermodel.User{}).Where("id = ? AND status = ?", id, from).Updates(cols)
	return res.RowsAffected == 1, dao.Translate(res.Error, "t_user")
}

func (r *UserRepo) CountByStatus(ctx context.Context) (map[usermodel.UserStatus]int64, error) {
	var rows []struct {
		Status usermodel.UserStatus
		N      int64
	}
	err := r.DB(ctx).Raw("SELECT status, COUNT(*) AS n FROM t_user WHERE deleted_at IS NULL GROUP BY status").Scan(&rows).Error
	if err != nil {
		return nil, dao.Translate(err, "t_user")
	}
	out := make(map[usermodel.UserStatus]int64, len(rows))
	for _, row := range rows {
		out[row.Status] = row.N
	}
	return out, nil
}
