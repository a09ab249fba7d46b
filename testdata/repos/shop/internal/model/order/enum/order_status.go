package enum

import "fmt"

// OrderStatus 订单主表的状态.
type OrderStatus int8

const (
	OrderPendingPay OrderStatus = 10 // 待支付
	OrderPaid       OrderStatus = 20 // 已支付
	OrderPicking    OrderStatus = 25 // 拣货中
	OrderShipped    OrderStatus = 30 // 已发货
	OrderReceived   OrderStatus = 40 // 已签收
	OrderFinished   OrderStatus = 50 // 已完成
	OrderRefunding  OrderStatus = 60 // 退款中
	OrderRefunded   OrderStatus = 70 // 已退款
	OrderClosed     OrderStatus = 90 // 已关闭
)

var orderStatusNext = map[OrderStatus][]OrderStatus{
	OrderPendingPay: {OrderPaid, OrderClosed},
	OrderPaid:       {OrderPicking, OrderRefunding, OrderClosed},
	OrderPicking:    {OrderShipped, OrderRefunding},
	OrderShipped:    {OrderReceived, OrderRefunding},
	OrderReceived:   {OrderFinished, OrderRefunding},
	OrderRefunding:  {OrderRefunded, OrderPaid, OrderShipped},
}

func (s OrderStatus) String() string {
	switch s {
	case OrderPendingPay:
		return "待支付"
	case OrderPaid:
		return "已支付"
	case OrderPicking:
		return "拣货中"
	case OrderShipped:
		return "已发货"
	case OrderReceived:
		return "已签收"
	case OrderFinished:
		return "已完成"
	case OrderRefunding:
		return "退款中"
	case OrderRefunded:
		return "已退款"
	case OrderClosed:
		return "已关闭"
	}
	return fmt.Sprintf("OrderStatus(%d)", int8(s))
}

// CanTransit tells whether the state machine allows s -> to.
func (s OrderStatus) CanTransit(to OrderStatus) bool {
	for _, n := range orderStatusNext[s] {
		if n == to {
			return true
		}
	}
	return false
}

// Final reports whether nothing can follow s.
func (s OrderStatus) Final() bool {
	return s == OrderFinished || s == OrderRefunded || s == OrderClosed
}
