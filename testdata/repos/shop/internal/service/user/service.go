// Package user knows who somebody is.
//
//meshctl:domain=user
package user

import (
	"context"

	userdao "github.com/acme/shop/internal/dao/user"
	userdto "github.com/acme/shop/internal/dto/user"
	usermodel "github.com/acme/shop/internal/model/user"
	"github.com/acme/shop/internal/service/audit"
	"github.com/acme/shop/pkg/cache"
	"github.com/acme/shop/pkg/errs"
	"github.com/acme/shop/pkg/log"
	"github.com/acme/shop/pkg/timex"
)

type UserService struct {
	users *userdao.UserRepo
	logs  *userdao.LoginLogRepo
	cache *cache.Client
	audit *audit.Recorder
}

func New(u *userdao.UserRepo, l *userdao.LoginLogRepo, c *cache.Client, a *audit.Recorder) *UserService {
	return &UserService{users: u, logs: l, cache: c, audit: a}
}

// Lookup is the hot path of every request.
func (s *UserService) Lookup(ctx context.Context, id int64) (*usermodel.User, error) {
	if u, ok := s.cache.GetUser(ctx, id); ok {
		return u, nil
	}
	u, err := s.users.Get(ctx, id)
	if err != nil {
		return nil, err
	}
	if err := s.cache.SetUser(ctx, u); err != nil {
		log.Warn(ctx, "cache user", log.Err(err))
	}
	return u, nil
}

// Register creates a user or returns the one that has this phone.
func (s *UserService) Register(ctx context.Context, phone, source, ip, lang string) (*usermodel.User, bool, error) {
	old, err := s.users.GetByPhone(ctx, phone)
	if err == nil {
		return old, false, nil
	}
	if !errs.Is(err, errs.NotFound) {
		return nil, false, err
	}
	u := &usermodel.User{Phone: phone, Nickname: "用户" + phone[len(phone)-4:], Level: 1, Lang: lang, Country: "CN", RegisterIP: ip, RegisterSource: source, Status: usermodel.UserNormal}
	if err := s.users.Create(ctx, u); err != nil {
		return nil, false, err
	}
	s.audit.Record(ctx, "user.register", u.ID, u.ID, map[string]any{"source": source})
	return u, true, nil
}

// Lock is the back office's; a reason is required.
func (s *UserService) Lock(ctx context.Context, operator, id int64, reason string) error {
	if reason == "" {
		return errs.New(errs.InvalidArgument, "reason")
	}
	ok, err := s.users.CasStatus(ctx, id, usermodel.UserNormal, usermodel.UserLocked, nil)
	if err != nil {
		return err
	}
	if !ok {
		return errs.Newf(errs.StateConflict, "user %d", id)
	}
	s.cache.DropUser(ctx, id)
	s.audit.Record(ctx, "user.lock", operator, id, map[string]any{"reason": reason})
	return nil
}

func (s *UserService) List(ctx context.Context, req *userdto.ListUserReq) ([]*userdto.UserResp, int64, error) {
	from, to, err := timex.ParseRange(req.From, req.To)
	if err != nil {
		return nil, 0, errs.Wrap(err, errs.InvalidArgument, "from/to")
	}
	rows, total, err := s.users.List(ctx, userdao.UserFilter{Phone: req.Phone, Nickname: req.Nickname, Level: req.Level, From: from, To: to, Query: req.Query})
	return userdto.FromUsers(rows), total, err
}
