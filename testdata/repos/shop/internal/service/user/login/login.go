// Package login is SMS code, password and third-party login.
package login

import (
	"context"
	"time"

	userdao "github.com/acme/shop/internal/dao/user"
	usermodel "github.com/acme/shop/internal/model/user"
	"github.com/acme/shop/internal/service/notify"
	usersvc "github.com/acme/shop/internal/service/user"
	"github.com/acme/shop/pkg/cache"
	"github.com/acme/shop/pkg/crypto"
	"github.com/acme/shop/pkg/errs"
)

type Service struct {
	users  *usersvc.UserService
	repo   *userdao.UserRepo
	cache  *cache.Client
	notify *notify.Service
}

func New(u *usersvc.UserService, r *userdao.UserRepo, c *cache.Client, n *notify.Service) *Service {
	return &Service{users: u, repo: r, cache: c, notify: n}
}

const codeTTL = 5 * time.Minute

// SendCode: one a minute, ten a day.
func (s *Service) SendCode(ctx context.Context, phone, lang string) error {
	if n, err := s.cache.Incr(ctx, "login:minute:"+phone, time.Minute); err != nil || n > 1 {
		return errs.New(errs.TooManyRequests, "wait a minute")
	}
	if n, err := s.cache.Incr(ctx, "login:day:"+phone, 24*time.Hour); err != nil || n > 10 {
		return errs.New(errs.TooManyRequests, "try tomorrow")
	}
	code := crypto.Code(6)
	if err := s.cache.SetJSON(ctx, "login:code:"+phone, code, codeTTL); err != nil {
		return err
	}
	return s.notify.Code(ctx, phone, lang, code)
}

// ByCode logs in and registers on the first time.
func (s *Service) ByCode(ctx context.Context, phone, code, source, ip, lang, device string) (*usermodel.User, error) {
	var want string
	hit, err := s.cache.GetJSON(ctx, "login:code:"+phone, &want)
	if err != nil {
		return nil, err
	}
	if !hit || want != code {
		if n, _ := s.cache.Incr(ctx, "login:wrong:"+phone, codeTTL); n > 5 {
			s.cache.Del(ctx, "login:code:"+phone)
		}
		return nil, errs.New(errs.Unauthenticated, "wrong code")
	}
	s.cache.Del(ctx, "login:code:"+phone, "login:wrong:"+phone)
	u, _, err := s.users.Register(ctx, phone, source, ip, lang)
	if err != nil {
		return nil, err
	}
	if !u.Active() {
		s.users.Touch(ctx, u.ID, "code", ip, device, "locked")
		return nil, errs.New(errs.Forbidden, "locked")
	}
	s.users.Touch(ctx, u.ID, "code", ip, device, "")
	return u, nil
}

// ByPassword answers the same for an unknown phone and a wrong password.
func (s *Service) ByPassword(ctx context.Context, phone, password, ip, device string) (*usermodel.User, error) {
	u, err := s.repo.GetByPhone(ctx, phone)
	if err != nil || !crypto.CheckPassword(u.PasswordHash, password) {
		if u != nil {
			s.users.Touch(ctx, u.ID, "password", ip, device, "password")
		}
		return nil, errs.New(errs.Unauthenticated, "phone or password")
	}
	s.users.Touch(ctx, u.ID, "password", ip, device, "")
	return u, nil
}
