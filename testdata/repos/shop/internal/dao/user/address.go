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

// AddressFilter narrows List; zero values do not filter.
type AddressFilter struct {
	UserID   int64
	From, To time.Time
	page.Query
}

// AddressRepo reads and writes t_user_address.
type AddressRepo struct{ *dao.Base }

func NewAddressRepo(b *dao.Base) *AddressRepo { return &AddressRepo{Base: b} }

func (f AddressFilter) apply(q *gorm.DB) *gorm.DB {
	if f.UserID != 0 {
		q = q.Where("user_id = ?", f.UserID)
	}
	if !f.From.IsZero() {
		q = q.Where("created_at >= ?", f.From)
	}
	if !f.To.IsZero() {
		q = q.Where("created_at < ?", f.To)
	}
	return q
}

func (r *AddressRepo) Create(ctx context.Context, row *usermodel.Address) error {
	if row.ID == 0 {
		row.ID = idgen.Next()
	}
	if err := r.DB(ctx).Create(row).Error; err != nil {
		return dao.Translate(err, "t_user_address")
	}
	return nil
}

func (r *AddressRepo) Get(ctx context.Context, id int64) (*usermodel.Address, error) {
	var row usermodel.Address
	if err := r.DB(ctx).First(&row, id).Error; err != nil {
		return nil, dao.Translate(err, "t_user_address")
	}
	return &row, nil
}

func (r *AddressRepo) ListByUserID(ctx context.Context, userID int64) ([]*usermodel.Address, error) {
	var rows []*usermodel.Address
	err := r.DB(ctx).Where("user_id = ?", userID).Order("id DESC").Limit(dao.MaxRows).Find(&rows).Error
	return rows, dao.Translate(err, "t_user_address")
}

func (r *AddressRepo) List(ctx context.Context, f AddressFilter) ([]*usermodel.Address, int64, error) {
	var (
		rows  []*usermodel.Address
		total int64
	)
	q := f.apply(r.DB(ctx).Model(&usermodel.Address{}))
	if err := q.Count(&total).Error; err != nil {
		return nil, 0, dao.Translate(err, "t_user_address")
	}
	if total == 0 {
		return nil, 0, nil
	}
	err := q.Order(f.OrderBy("id DESC")).Offset(f.Offset()).Limit(f.Limit()).Find(&rows).Error
	return rows, total, dao.Translate(err, "t_user_address")
}

// BatchGet returns what exists, keyed by id.
func (r *AddressRepo) BatchGet(ctx context.Context, ids []int64) (map[int64]*usermodel.Address, error) {
	out := make(map[int64]*usermodel.Address, len(ids))
	for start := 0; start < len(ids); start += dao.BatchSize {
		end := min(start+dao.BatchSize, len(ids))
		var rows []*usermodel.Address
		if err := r.DB(ctx).Where("id IN ?", ids[start:end]).Find(&rows).Error; err != nil {
			return nil, dao.Translate(err, "t_user_address")
		}
		for _, row := range rows {
			out[row.ID] = row
		}
	}
	return out, nil
}

func (r *AddressRepo) Updates(ctx context.Context, id int64, cols map[string]any) error {
	cols["updated_at"] = timex.Now()
	return dao.Translate(r.DB(ctx).Model(&usermodel.Address{}).Where("id = ?", id).Updates(cols).Error, "t_user_address")
}
