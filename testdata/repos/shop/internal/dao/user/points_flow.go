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

// PointsFlowFilter narrows List; zero values do not filter.
type PointsFlowFilter struct {
	UserID   int64
	Reason   string
	From, To time.Time
	page.Query
}

// PointsFlowRepo reads and writes t_points_flow.
type PointsFlowRepo struct{ *dao.Base }

func NewPointsFlowRepo(b *dao.Base) *PointsFlowRepo { return &PointsFlowRepo{Base: b} }

func (f PointsFlowFilter) apply(q *gorm.DB) *gorm.DB {
	if f.UserID != 0 {
		q = q.Where("user_id = ?", f.UserID)
	}
	if f.Reason != "" {
		q = q.Where("reason = ?", f.Reason)
	}
	if !f.From.IsZero() {
		q = q.Where("created_at >= ?", f.From)
	}
	if !f.To.IsZero() {
		q = q.Where("created_at < ?", f.To)
	}
	return q
}

func (r *PointsFlowRepo) Create(ctx context.Context, row *usermodel.PointsFlow) error {
	if row.ID == 0 {
		row.ID = idgen.Next()
	}
	if err := r.DB(ctx).Create(row).Error; err != nil {
		return dao.Translate(err, "t_points_flow")
	}
	return nil
}

func (r *PointsFlowRepo) Get(ctx context.Context, id int64) (*usermodel.PointsFlow, error) {
	var row usermodel.PointsFlow
	if err := r.DB(ctx).First(&row, id).Error; err != nil {
		return nil, dao.Translate(err, "t_points_flow")
	}
	return &row, nil
}

func (r *PointsFlowRepo) ListByUserID(ctx context.Context, userID int64) ([]*usermodel.PointsFlow, error) {
	var rows []*usermodel.PointsFlow
	err := r.DB(ctx).Where("user_id = ?", userID).Order("id DESC").Limit(dao.MaxRows).Find(&rows).Error
	return rows, dao.Translate(err, "t_points_flow")
}

func (r *PointsFlowRepo) GetByFlowNo(ctx context.Context, flowNo string) (*usermodel.PointsFlow, error) {
	var row usermodel.PointsFlow
	if err := r.DB(ctx).Where("flow_no = ?", flowNo).Take(&row).Error; err != nil {
		return nil, dao.Translate(err, "t_points_flow")
	}
	return &row, nil
}

func (r *PointsFlowRepo) ListByBizNo(ctx context.Context, bizNo string) ([]*usermodel.PointsFlow, error) {
	var rows []*usermodel.PointsFlow
	err := r.DB(ctx).Where("biz_no = ?", bizNo).Order("id DESC").Limit(dao.MaxRows).Find(&rows).Error
	return rows, dao.Translate(err, "t_points_flow")
}

func (r *PointsFlowRepo) List(ctx context.Context, f PointsFlowFilter) ([]*usermodel.PointsFlow, int64, error) {
	var (
		rows  []*usermodel.PointsFlow
		total int64
	)
	q := f.apply(r.DB(ctx).Model(&usermodel.PointsFlow{}))
	if err := q.Count(&total).Error; err != nil {
		return nil, 0, dao.Translate(err, "t_points_flow")
	}
	if total == 0 {
		return nil, 0, nil
	}
	err := q.Order(f.OrderBy("id DESC")).Offset(f.Offset()).Limit(f.Limit()).Find(&rows).Error
	return rows, total, dao.Translate(err, "t_points_flow")
}

// BatchGet returns what exists, keyed by id.
func (r *PointsFlowRepo) BatchGet(ctx context.Context, ids []int64) (map[int64]*usermodel.PointsFlow, error) {
	out := make(map[int64]*usermodel.PointsFlow, len(ids))
	for start := 0; start < len(ids); start += dao.BatchSize {
		end := min(start+dao.BatchSize, len(ids))
		var rows []*usermodel.PointsFlow
		if err := r.DB(ctx).Where("id IN ?", ids[start:end]).Find(&rows).Error; err != nil {
			return nil, dao.Translate(err, "t_points_flow")
		}
		for _, row := range rows {
			out[row.ID] = row
		}
	}
	return out, nil
}

func (r *PointsFlowRepo) Updates(ctx context.Context, id int64, cols map[string]any) error {
	cols["updated_at"] = timex.Now()
	return dao.Translate(r.DB(ctx).Model(&usermodel.PointsFlow{}).Where("id = ?", id).Updates(cols).Error, "t_points_flow")
}

// ListExpired pages by id so that a long backlog does not lock the table.
func (r *PointsFlowRepo) ListExpired(ctx context.Context, now time.Time, afterID int64, limit int) ([]*usermodel.PointsFlow, error) {
	var rows []*usermodel.PointsFlow
	err := r.DB(ctx).Where("id > ? AND expire_at <= ?", afterID, now).Order("id").Limit(limit).Find(&rows).Error
	return rows, dao.Translate(err, "t_points_flow")
}
