package payment

import "fmt"

// PaymentStatus 支付单的状态.
type PaymentStatus int8

const (
	PaymentCreated      PaymentStatus = 0 // 已创建
	PaymentPaying       PaymentStatus = 1 // 支付中
	PaymentSuccess      PaymentStatus = 2 // 成功
	PaymentFailed       PaymentStatus = 3 // 失败
	PaymentPartRefunded PaymentStatus = 4 // 部分退款
	PaymentRefunded     PaymentStatus = 5 // 已退款
	PaymentClosed       PaymentStatus = 9 // 已关闭
)

var paymentStatusNext = map[PaymentStatus][]PaymentStatus{
	PaymentCreated:      {PaymentPaying, PaymentClosed},
	PaymentPaying:       {PaymentSuccess, PaymentFailed, PaymentClosed},
	PaymentSuccess:      {PaymentPartRefunded, PaymentRefunded},
	PaymentFailed:       {PaymentClosed},
	PaymentPartRefunded: {PaymentRefunded},
}

func (s PaymentStatus) String() string {
	switch s {
	case PaymentCreated:
		return "已创建"
	case PaymentPaying:
		return "支付中"
	case PaymentSuccess:
		return "成功"
	case PaymentFailed:
		return "失败"
	case PaymentPartRefunded:
		return "部分退款"
	case PaymentRefunded:
		return "已退款"
	case PaymentClosed:
		return "已关闭"
	}
	return fmt.Sprintf("PaymentStatus(%d)", int8(s))
}

// CanTransit tells whether the state machine allows s -> to.
func (s PaymentStatus) CanTransit(to PaymentStatus) bool {
	for _, n := range paymentStatusNext[s] {
		if n == to {
			return true
		}
	}
	return false
}

// Final reports whether nothing can follow s.
func (s PaymentStatus) Final() bool { return s == PaymentRefunded || s == PaymentClosed }
