package coupon

import "fmt"

// UserCouponStatus 用户券的状态.
type UserCouponStatus int8

const (
	UserCouponUnused  UserCouponStatus = 0 // 未使用
	UserCouponLocked  UserCouponStatus = 1 // 已锁定
	UserCouponUsed    UserCouponStatus = 2 // 已使用
	UserCouponExpired UserCouponStatus = 3 // 已过期
	UserCouponRevoked UserCouponStatus = 9 // 已收回
)

var userCouponStatusNext = map[UserCouponStatus][]UserCouponStatus{
	UserCouponUnused: {UserCouponLocked, UserCouponExpired, UserCouponRevoked},
	UserCouponLocked: {UserCouponUsed, UserCouponUnused},
	UserCouponUsed:   {UserCouponUnused},
}

func (s UserCouponStatus) String() string {
	switch s {
	case UserCouponUnused:
		return "未使用"
	case UserCouponLocked:
		return "已锁定"
	case UserCouponUsed:
		return "已使用"
	case UserCouponExpired:
		return "已过期"
	case UserCouponRevoked:
		return "已收回"
	}
	return fmt.Sprintf("UserCouponStatus(%d)", int8(s))
}

// CanTransit tells whether the state machine allows s -> to.
func (s UserCouponStatus) CanTransit(to UserCouponStatus) bool {
	for _, n := range userCouponStatusNext[s] {
		if n == to {
			return true
		}
	}
	return false
}

// Final reports whether nothing can follow s.
func (s UserCouponStatus) Final() bool { return s == UserCouponExpired || s == UserCouponRevoked }
