package auth

import "context"

type sessionKey struct{}

func With(ctx context.Context, s *Session) context.Context {
	return context.WithValue(ctx, sessionKey{}, s)
}

// From returns nil for anonymous calls.
func From(ctx context.Context) *Session {
	s, _ := ctx.Value(sessionKey{}).(*Session)
	return s
}

func UserID(ctx context.Context) int64 {
	if s := From(ctx); s != nil {
		return s.UserID
	}
	return 0
}
