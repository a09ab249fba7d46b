package payment

import "fmt"

// BillStatus 对账单的状态.
type BillStatus int8

const (
	BillInit     BillStatus = 0 // 未对账
	BillRunning  BillStatus = 1 // 对账中
	BillBalanced BillStatus = 2 // 已平
	BillDiff     BillStatus = 3 // 有差异
	BillHandled  BillStatus = 4 // 已处理
)

var billStatusNext = map[BillStatus][]BillStatus{
	BillInit:    {BillRunning},
	BillRunning: {BillBalanced, BillDiff},
	BillDiff:    {BillHandled, BillRunning},
}

func (s BillStatus) String() string {
	switch s {
	case BillInit:
		return "未对账"
	case BillRunning:
		return "对账中"
	case BillBalanced:
		return "已平"
	case BillDiff:
		return "有差异"
	case BillHandled:
		return "已处理"
	}
	return fmt.Sprintf("BillStatus(%d)", int8(s))
}

// CanTransit tells whether the state machine allows s -> to.
func (s BillStatus) CanTransit(to BillStatus) bool {
	for _, n := range billStatusNext[s] {
		if n == to {
			return true
		}
	}
	return false
}

// Final reports whether nothing can follow s.
func (s BillStatus) Final() bool { return s == BillBalanced || s == BillHandled }
