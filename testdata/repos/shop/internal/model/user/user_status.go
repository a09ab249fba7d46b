package user

import "fmt"

// UserStatus 用户的状态.
type UserStatus int8

const (
	UserNormal    UserStatus = 1 // 正常
	UserLocked    UserStatus = 2 // 锁定
	UserCancelled UserStatus = 3 // 已注销
)

var userStatusNext = map[UserStatus][]UserStatus{
	UserNormal: {UserLocked, UserCancelled},
	UserLocked: {UserNormal, UserCancelled},
}

func (s UserStatus) String() string {
	switch s {
	case UserNormal:
		return "正常"
	case UserLocked:
		return "锁定"
	case UserCancelled:
		return "已注销"
	}
	return fmt.Sprintf("UserStatus(%d)", int8(s))
}

// CanTransit tells whether the state machine allows s -> to.
func (s UserStatus) CanTransit(to UserStatus) bool {
	for _, n := range userStatusNext[s] {
		if n == to {
			return true
		}
	}
	return false
}

// Final reports whether nothing can follow s.
func (s UserStatus) Final() bool { return s == UserCancelled }
