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

// MemberFilter narrows List; zero values do not filter.
type MemberFilter struct {
	UserID   int64
	Level    int16
	Status   []usermodel.MemberStatus
	From, To time.Time
	page.Query
}

// MemberRepo reads and writes t_member.
type MemberRepo struct{ *dao.Base }

func NewMemberRepo(b *dao.Base) *MemberRepo { return &MemberRepo{Base: b} }

func (f MemberFilter) apply(q *gorm.DB) *gorm.DB {
	if f.UserID != 0 {
		q = q.Where("user_id = ?", f.UserID)
	}
	if f.Level != 0 {
		q = q.Where("level = ?", f.Level)
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

func (r *MemberRepo) Create(ctx context.Context, row *usermodel.Member) error {
	if row.ID == 0 {
		row.ID = idgen.Next()
	}
	if err := r.DB(ctx).Create(row).Error; err != nil {
		return dao.Translate(err, "t_member")
	}
	return nil
}

func (r *MemberRepo) Get(ctx context.Context, id int64) (*usermodel.Member, error) {
	var row usermodel.Member
	if err := r.DB(ctx).First(&row, id).Error; err != nil {
		return nil, dao.Translate(err, "t_member")
	}
	return &row, nil
}

// GetForUpdate locks the row; call it inside store.Tx only.
func (r *MemberRepo) GetForUpdate(ctx context.Context, id int64) (*usermodel.Member, error) {
	var row usermodel.Member
	err := r.DB(ctx).Clauses(clause.Locking{Strength: "UPDATE"}).First(&row, id).Error
	if err != nil {
		return nil, dao.Translate(err, "t_member")
	}
	return &row, nil
}

func (r *MemberRepo) GetByUserID(ctx context.Context, userID int64) (*usermodel.Member, error) {
	var row usermodel.Member
	if err := r.DB(ctx).Where("user_id = ?", userID).Take(&row).Error; err != nil {
		return nil, dao.Translate(err, "t_member")
	}
	return &row, nil
}

func (r *MemberRepo) GetByCardNo(ctx context.Context, cardNo string) (*usermodel.Member, error) {
	var row usermodel.Member
	if err := r.DB(ctx).Where("card_no = ?", cardNo).Take(&row).Error; err != nil {
		return nil, dao.Translate(err, "t_member")
	}
	return &row, nil
}

func (r *MemberRepo) List(ctx context.Context, f MemberFilter) ([]*usermodel.Member, int64, error) {
	var (
		rows  []*usermodel.Member
		total int64
	)
	q := f.apply(r.DB(ctx).Model(&usermodel.Member{}))
	if err := q.Count(&total).Error; err != nil {
		return nil, 0, dao.Translate(err, "t_member")
	}
	if total == 0 {
		return nil, 0, nil
	}
	err := q.Order(f.OrderBy("id DESC")).Offset(f.Offset()).Limit(f.Limit()).Find(&rows).Error
	return rows, total, dao.Translate(err, "t_member")
}

// BatchGet returns what exists, keyed by id.
func (r *MemberRepo) BatchGet(ctx context.Context, ids []int64) (map[int64]*usermodel.Member, error) {
	out := make(map[int64]*usermodel.Member, len(ids))
	for start := 0; start < len(ids); start += dao.BatchSize {
		end := min(start+dao.BatchSize, len(ids))
		var rows []*usermodel.Member
		if err := r.DB(ctx).Where("id IN ?", ids[start:end]).Find(&rows).Error; err != nil {
			return nil, dao.Translate(err, "t_member")
		}
		for _, row := range rows {
			out[row.ID] = row
		}
	}
	return out, nil
}

func (r *MemberRepo) Updates(ctx context.Context, id int64, cols map[string]any) error {
	cols["updated_at"] = timex.Now()
	return dao.Translate(r.DB(ctx).Model(&usermodel.Member{}).Where("id = ?", id).Updates(cols).Error, "t_member")
}

// CasStatus moves the row from one state to another; false means somebody was faster.
func (r *MemberRepo) CasStatus(ctx context.Context, id int64, from, to usermodel.MemberStatus, extra map[string]any) (bool, error) {
	if !from.CanTransit(to) {
		return false, errs.Newf(errs.StateConflict, "t_member %d: %s -> %s", id, from, to)
	}
	cols := map[string]any{"status": to, "updated_at": timex.Now()}
	for k, v := range extra {
		cols[k] = v
	}
	res := r.DB(ctx).Model(&usermodel.Member{}).Where("id = ? AND status = ?", id, from).Updates(cols)
	return res.RowsAffected == 1, dao.Translate(res.Error, "t_member")
}

func (r *MemberRepo) CountByStatus(ctx context.Context) (map[usermodel.MemberStatus]int64, error) {
	var rows []struct {
		Status usermodel.MemberStatus
		N      int64
	}
	err := r.DB(ctx).Raw("SELECT status, COUNT(*) AS n FROM t_member WHERE deleted_at IS NULL GROUP BY status").Scan(&rows).Error
	if err != nil {
		return nil, dao.Translate(err, "t_member")
	}
	out := make(map[usermodel.MemberStatus]int64, len(rows))
	for _, row := range rows {
		out[row.Status] = row.N
	}
	return out, nil
}

// ListExpired pages by id so that a long backlog does not lock the table.
func (r *MemberRepo) ListExpired(ctx context.Context, now time.Time, afterID int64, limit int) ([]*usermodel.Member, error) {
	var rows []*usermodel.Member
	err := r.DB(ctx).Where("id > ? AND valid_to <= ?", afterID, now).Order("id").Limit(limit).Find(&rows).Error
	return rows, dao.Translate(err, "t_member")
}
