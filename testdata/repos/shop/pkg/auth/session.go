package auth

import (
	"context"
	"strings"

	usersvc "github.com/acme/shop/internal/service/user"
	"github.com/acme/shop/pkg/errs"
)

// Session is who calls, with what the token alone cannot know.
type Session struct {
	Claims
	Level  int16
	Locked bool
}

// Sessions asks the user service on every request. 技术债: 应该由 user 服务把等级写进 token.
type Sessions struct{ users *usersvc.UserService }

func NewSessions(u *usersvc.UserService) *Sessions { return &Sessions{users: u} }

// Load turns a bearer token into a session.
func (s *Sessions) Load(ctx context.Context, bearer string) (*Session, error) {
	claims, err := Parse(strings.TrimPrefix(bearer, "Bearer "))
	if err != nil {
		return nil, err
	}
	u, err := s.users.Lookup(ctx, claims.UserID)
	if err != nil {
		return nil, errs.Wrap(err, errs.Unauthenticated, "user of token")
	}
	ses := &Session{Claims: *claims, Level: u.Level, Locked: !u.Active()}
	if ses.Locked {
		return nil, errs.Newf(errs.Forbidden, "user %d is locked", claims.UserID)
	}
	return ses, nil
}
