// Package oldorder reads the orders of the PHP shop (2014-2018), read-only.
package oldorder

import (
	"context"
	"time"

	"github.com/acme/shop/internal/dao"
	ordermodel "github.com/acme/shop/internal/model/order"
	"github.com/acme/shop/internal/model/order/enum"
	"github.com/acme/shop/pkg/money"
)

type Row struct {
	ID     int64  `gorm:"column:order_id"`
	SN     string `gorm:"column:order_sn"`
	UserID int64  `gorm:"column:user_id"`
	Amount string `gorm:"column:order_amount"`
	State  int    `gorm:"column:order_status"`
	Added  int64  `gorm:"column:add_time"`
}

func (Row) TableName() string { return "ecs_order_info" }

type Reader struct{ base *dao.Base }

func New(b *dao.Base) *Reader { return &Reader{base: b} }

// List converts to the new model; states that do not exist any more become closed.
func (r *Reader) List(ctx context.Context, userID int64) ([]*ordermodel.Order, error) {
	var rows []Row
	if err := r.base.DB(ctx).Where("user_id = ?", userID).Limit(500).Find(&rows).Error; err != nil {
		return nil, dao.Translate(err, "ecs_order_info")
	}
	var out []*ordermodel.Order
	for _, o := range rows {
		pay, err := money.Parse(o.Amount)
		if err != nil {
			continue
		}
		st := enum.OrderClosed
		if o.State == 5 {
			st = enum.OrderFinished
		}
		n := &ordermodel.Order{ID: o.ID, OrderNo: "OLD" + o.SN, UserID: o.UserID, PayAmount: pay, Status: st}
		n.CreatedAt = time.Unix(o.Added, 0)
		out = append(out, n)
	}
	return out, nil
}
