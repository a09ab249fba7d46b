package user

import "fmt"

// MemberStatus 会员的状态.
type MemberStatus int8

const (
	MemberTrial     MemberStatus = 0 // 试用
	MemberActive    MemberStatus = 1 // 有效
	MemberSuspended MemberStatus = 2 // 暂停
	MemberExpired   MemberStatus = 3 // 过期
)

var memberStatusNext = map[MemberStatus][]MemberStatus{
	MemberTrial:     {MemberActive, MemberExpired},
	MemberActive:    {MemberExpired, MemberSuspended},
	MemberSuspended: {MemberActive, MemberExpired},
	MemberExpired:   {MemberActive},
}

func (s MemberStatus) String() string {
	switch s {
	case MemberTrial:
		return "试用"
	case MemberActive:
		return "有效"
	case MemberSuspended:
		return "暂停"
	case MemberExpired:
		return "过期"
	}
	return fmt.Sprintf("MemberStatus(%d)", int8(s))
}

// CanTransit tells whether the state machine allows s -> to.
func (s MemberStatus) CanTransit(to MemberStatus) bool {
	for _, n := range memberStatusNext[s] {
		if n == to {
			return true
		}
	}
	return false
}
