// Package issue gives coupons to users and takes them back.
package issue

import (
	"context"
	"fmt"
	"time"

	coupondao "github.com/acme/shop/internal/dao/coupon"
	userdao "github.com/acme/shop/internal/dao/user"
	couponmodel "github.com/acme/shop/internal/model/coupon"
	"github.com/acme/shop/pkg/cache"
	"github.com/acme/shop/pkg/errs"
	"github.com/acme/shop/pkg/idgen"
	"github.com/acme/shop/pkg/timex"
)

type Service struct {
	templates *coupondao.TemplateRepo
	mine      *coupondao.UserCouponRepo
	users     *userdao.UserRepo
	cache     *cache.Client
}

func New(t *coupondao.TemplateRepo, m *coupondao.UserCouponRepo, u *userdao.UserRepo, c *cache.Client) *Service {
	return &Service{templates: t, mine: m, users: u, cache: c}
}

// Grant checks the limits in Redis first, then books.
func (s *Service) Grant(ctx context.Context, userID, templateID int64) (*couponmodel.UserCoupon, error) {
	u, err := s.users.Get(ctx, userID)
	if err != nil {
		return nil, err
	}
	if !u.Active() {
		return nil, errs.New(errs.Forbidden, "locked")
	}
	t, err := s.templates.Get(ctx, templateID)
	if err != nil {
		return nil, err
	}
	if t.Status != couponmodel.TemplateOnline || t.ExpiredAt(timex.Now()) {
		return nil, errs.Newf(errs.StateConflict, "%s is %s", t.Name, t.Status)
	}
	n, err := s.cache.Incr(ctx, fmt.Sprintf("coupon:limit:%d:%d", templateID, userID), 90*24*time.Hour)
	if err != nil {
		return nil, err
	}
	if n > int64(t.PerUserLimit) {
		return nil, errs.New(errs.CouponExhausted, "limit per user")
	}
	res := s.templates.DB(ctx).Exec("UPDATE t_coupon_template SET issued_count = issued_count + 1 WHERE id = ? AND issued_count < total_count", templateID)
	if res.Error != nil {
		return nil, res.Error
	}
	if res.RowsAffected == 0 {
		return nil, errs.New(errs.CouponExhausted, t.Name)
	}
	c := &couponmodel.UserCoupon{TemplateID: templateID, UserID: userID, CouponNo: idgen.No("CP", userID), ReceivedAt: timex.Now(), ExpireAt: t.ValidTo, Status: couponmodel.UserCouponUnused}
	return c, s.mine.Create(ctx, c)
}

// Lock ties a coupon to an order that is not paid yet.
func (s *Service) Lock(ctx context.Context, userID, couponID int64, orderNo string) error {
	c, err := s.mine.Get(ctx, couponID)
	if err != nil {
		return err
	}
	if c.UserID != userID {
		return errs.New(errs.Forbidden, "coupon")
	}
	return s.move(ctx, c, couponmodel.UserCouponLocked, map[string]any{"order_no": orderNo})
}

func (s *Service) Use(ctx context.Context, orderNo string) error {
	return s.byOrder(ctx, orderNo, couponmodel.UserCouponUsed, map[string]any{"used_at": timex.Now()})
}

func (s *Service) Unlock(ctx context.Context, orderNo string) error {
	return s.byOrder(ctx, orderNo, couponmodel.UserCouponUnused, map[string]any{"order_no": ""})
}

func (s *Service) byOrder(ctx context.Context, orderNo string, to couponmodel.UserCouponStatus, extra map[string]any) error {
	var rows []*couponmodel.UserCoupon
	if err := s.mine.DB(ctx).Where("order_no = ?", orderNo).Find(&rows).Error; err != nil {
		return err
	}
	for _, c := range rows {
		if c.Status == to {
			continue
		}
		if err := s.move(ctx, c, to, extra); err != nil {
			return err
		}
	}
	return nil
}

func (s *Service) move(ctx context.Context, c *couponmodel.UserCoupon, to couponmodel.UserCouponStatus, extra map[string]any) error {
	ok, err := s.mine.CasStatus(ctx, c.ID, c.Status, to, extra)
	if err != nil {
		return err
	}
	if !ok {
		return errs.Newf(errs.Conflict, "coupon %s", c.CouponNo)
	}
	return nil
}
