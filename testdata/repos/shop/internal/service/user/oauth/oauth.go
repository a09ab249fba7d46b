// Package oauth exchanges codes of WeChat and Apple for users.
package oauth

import (
	"context"
	"time"

	usermodel "github.com/acme/shop/internal/model/user"
	usersvc "github.com/acme/shop/internal/service/user"
	"github.com/acme/shop/pkg/cache"
	"github.com/acme/shop/pkg/errs"
)

// Provider is implemented per platform.
type Provider interface {
	Name() string
	Exchange(ctx context.Context, code string) (openID, nickname string, err error)
}

type Service struct {
	users     *usersvc.UserService
	cache     *cache.Client
	providers map[string]Provider
}

func New(u *usersvc.UserService, c *cache.Client, ps ...Provider) *Service {
	m := map[string]Provider{}
	for _, p := range ps {
		m[p.Name()] = p
	}
	return &Service{users: u, cache: c, providers: m}
}

// Login binds by phone: the mini program sends the encrypted phone together with the code.
func (s *Service) Login(ctx context.Context, provider, code, phone, ip string) (*usermodel.User, error) {
	p, ok := s.providers[provider]
	if !ok {
		return nil, errs.Newf(errs.InvalidArgument, "provider %q", provider)
	}
	openID, _, err := p.Exchange(ctx, code)
	if err != nil {
		return nil, errs.Wrap(err, errs.Unauthenticated, provider)
	}
	u, _, err := s.users.Register(ctx, phone, provider, ip, "zh")
	if err != nil {
		return nil, err
	}
	return u, s.cache.SetJSON(ctx, "oauth:"+provider+":"+openID, u.ID, 30*24*time.Hour)
}
