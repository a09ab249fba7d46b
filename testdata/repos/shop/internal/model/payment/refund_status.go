package payment

import "fmt"

// RefundStatus 退款单的状态.
type RefundStatus int8

const (
	RefundPending    RefundStatus = 0 // 待退款
	RefundProcessing RefundStatus = 1 // 退款中
	RefundSuccess    RefundStatus = 2 // 成功
	RefundFailed     RefundStatus = 3 // 失败
	RefundClosed     RefundStatus = 9 // 已关闭
)

var refundStatusNext = map[RefundStatus][]RefundStatus{
	RefundPending:    {RefundProcessing, RefundClosed},
	RefundProcessing: {RefundSuccess, RefundFailed},
	RefundFailed:     {RefundProcessing, RefundClosed},
}

func (s RefundStatus) String() string {
	switch s {
	case RefundPending:
		return "待退款"
	case RefundProcessing:
		return "退款中"
	case RefundSuccess:
		return "成功"
	case RefundFailed:
		return "失败"
	case RefundClosed:
		return "已关闭"
	}
	return fmt.Sprintf("RefundStatus(%d)", int8(s))
}

// CanTransit tells whether the state machine allows s -> to.
func (s RefundStatus) CanTransit(to RefundStatus) bool {
	for _, n := range refundStatusNext[s] {
		if n == to {
			return true
		}
	}
	return false
}

// Final reports whether nothing can follow s.
func (s RefundStatus) Final() bool { return s == RefundSuccess || s == RefundClosed }
