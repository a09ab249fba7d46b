package enum

import "fmt"

// AfterSaleStatus 售后单的状态.
type AfterSaleStatus int8

const (
	AfterSaleApplied   AfterSaleStatus = 1 // 待审核
	AfterSaleApproved  AfterSaleStatus = 2 // 待寄回
	AfterSaleReturning AfterSaleStatus = 3 // 退货中
	AfterSaleArrived   AfterSaleStatus = 4 // 已入库
	AfterSaleRefunding AfterSaleStatus = 5 // 退款中
	AfterSaleDone      AfterSaleStatus = 6 // 已完成
	AfterSaleRejected  AfterSaleStatus = 7 // 已拒绝
	AfterSaleCancelled AfterSaleStatus = 8 // 已撤销
)

var afterSaleStatusNext = map[AfterSaleStatus][]AfterSaleStatus{
	AfterSaleApplied:   {AfterSaleApproved, AfterSaleRejected, AfterSaleCancelled},
	AfterSaleApproved:  {AfterSaleReturning, AfterSaleRefunding, AfterSaleCancelled},
	AfterSaleReturning: {AfterSaleArrived, AfterSaleCancelled},
	AfterSaleArrived:   {AfterSaleRefunding, AfterSaleRejected},
	AfterSaleRefunding: {AfterSaleDone},
	AfterSaleRejected:  {AfterSaleApplied},
}

func (s AfterSaleStatus) String() string {
	switch s {
	case AfterSaleApplied:
		return "待审核"
	case AfterSaleApproved:
		return "待寄回"
	case AfterSaleReturning:
		return "退货中"
	case AfterSaleArrived:
		return "已入库"
	case AfterSaleRefunding:
		return "退款中"
	case AfterSaleDone:
		return "已完成"
	case AfterSaleRejected:
		return "已拒绝"
	case AfterSaleCancelled:
		return "已撤销"
	}
	return fmt.Sprintf("AfterSaleStatus(%d)", int8(s))
}

// CanTransit tells whether the state machine allows s -> to.
func (s AfterSaleStatus) CanTransit(to AfterSaleStatus) bool {
	for _, n := range afterSaleStatusNext[s] {
		if n == to {
			return true
		}
	}
	return false
}

// Final reports whether nothing can follow s.
func (s AfterSaleStatus) Final() bool { return s == AfterSaleDone || s == AfterSaleCancelled }
