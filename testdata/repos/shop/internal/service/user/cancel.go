package user

import (
	"context"
	"strconv"

	usermodel "github.com/acme/shop/internal/model/user"
	"github.com/acme/shop/pkg/log"
	"github.com/acme/shop/pkg/timex"
)

// Cancel anonymises, it does not delete: the orders must stay (个保法第四十七条).
func (s *UserService) Cancel(ctx context.Context, id int64) error {
	u, err := s.users.GetForUpdate(ctx, id)
	if err != nil {
		return err
	}
	if u.Status == usermodel.UserCancelled {
		return nil
	}
	ok, err := s.users.CasStatus(ctx, id, u.Status, usermodel.UserCancelled, map[string]any{
		"phone": "x" + strconv.FormatInt(id, 36), "nickname": "已注销", "email": "", "avatar": "", "birthday": nil,
	})
	if err != nil || !ok {
		return err
	}
	s.cache.DropUser(ctx, id)
	return nil
}

// Touch notes a login; failures are only logged, nobody should be kept out because of the log table.
func (s *UserService) Touch(ctx context.Context, id int64, method, ip, device string, failure string) {
	err := s.logs.Create(ctx, &usermodel.LoginLog{UserID: id, Method: method, IP: ip, Device: device, Success: failure == "", FailReason: failure})
	if err == nil && failure == "" {
		err = s.users.Updates(ctx, id, map[string]any{"last_login_at": timex.Now()})
	}
	if err != nil {
		log.Warn(ctx, "login log", log.Int64("user", id), log.Err(err))
	}
}
