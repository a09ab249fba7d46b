package coupon

import "fmt"

// ActivityStatus 促销活动的状态.
type ActivityStatus int8

const (
	ActivityDraft     ActivityStatus = 0 // 草稿
	ActivityScheduled ActivityStatus = 1 // 待开始
	ActivityRunning   ActivityStatus = 2 // 进行中
	ActivityEnded     ActivityStatus = 3 // 已结束
	ActivityCancelled ActivityStatus = 9 // 已取消
)

var activityStatusNext = map[ActivityStatus][]ActivityStatus{
	ActivityDraft:     {ActivityScheduled},
	ActivityScheduled: {ActivityRunning, ActivityCancelled},
	ActivityRunning:   {ActivityEnded, ActivityCancelled},
}

func (s ActivityStatus) String() string {
	switch s {
	case ActivityDraft:
		return "草稿"
	case ActivityScheduled:
		return "待开始"
	case ActivityRunning:
		return "进行中"
	case ActivityEnded:
		return "已结束"
	case ActivityCancelled:
		return "已取消"
	}
	return fmt.Sprintf("ActivityStatus(%d)", int8(s))
}

// CanTransit tells whether the state machine allows s -> to.
func (s ActivityStatus) CanTransit(to ActivityStatus) bool {
	for _, n := range activityStatusNext[s] {
		if n == to {
			return true
		}
	}
	return false
}

// Final reports whether nothing can follow s.
func (s ActivityStatus) Final() bool { return s == ActivityEnded || s == ActivityCancelled }
