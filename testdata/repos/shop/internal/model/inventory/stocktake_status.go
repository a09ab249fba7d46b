package inventory

import "fmt"

// StocktakeStatus 盘点单的状态.
type StocktakeStatus int8

const (
	StocktakePlanned   StocktakeStatus = 0 // 计划
	StocktakeCounting  StocktakeStatus = 1 // 盘点中
	StocktakeReviewing StocktakeStatus = 2 // 复核
	StocktakePosted    StocktakeStatus = 3 // 已过账
	StocktakeCancelled StocktakeStatus = 9 // 取消
)

var stocktakeStatusNext = map[StocktakeStatus][]StocktakeStatus{
	StocktakePlanned:   {StocktakeCounting, StocktakeCancelled},
	StocktakeCounting:  {StocktakeReviewing, StocktakeCancelled},
	StocktakeReviewing: {StocktakePosted, StocktakeCounting},
}

func (s StocktakeStatus) String() string {
	switch s {
	case StocktakePlanned:
		return "计划"
	case StocktakeCounting:
		return "盘点中"
	case StocktakeReviewing:
		return "复核"
	case StocktakePosted:
		return "已过账"
	case StocktakeCancelled:
		return "取消"
	}
	return fmt.Sprintf("StocktakeStatus(%d)", int8(s))
}

// CanTransit tells whether the state machine allows s -> to.
func (s StocktakeStatus) CanTransit(to StocktakeStatus) bool {
	for _, n := range stocktakeStatusNext[s] {
		if n == to {
			return true
		}
	}
	return false
}

// Final reports whether nothing can follow s.
func (s StocktakeStatus) Final() bool { return s == StocktakePosted || s == StocktakeCancelled }
