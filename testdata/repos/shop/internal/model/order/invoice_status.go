package order

import "fmt"

// InvoiceStatus 发票的状态.
type InvoiceStatus int8

const (
	InvoiceApplied    InvoiceStatus = 0 // 已申请
	InvoiceIssuing    InvoiceStatus = 1 // 开票中
	InvoiceIssued     InvoiceStatus = 2 // 已开具
	InvoiceFailed     InvoiceStatus = 3 // 失败
	InvoiceRedFlushed InvoiceStatus = 4 // 已冲红
	InvoiceCancelled  InvoiceStatus = 9 // 已取消
)

var invoiceStatusNext = map[InvoiceStatus][]InvoiceStatus{
	InvoiceApplied: {InvoiceIssuing, InvoiceCancelled},
	InvoiceIssuing: {InvoiceIssued, InvoiceFailed},
	InvoiceIssued:  {InvoiceRedFlushed},
	InvoiceFailed:  {InvoiceIssuing, InvoiceCancelled},
}

func (s InvoiceStatus) String() string {
	switch s {
	case InvoiceApplied:
		return "已申请"
	case InvoiceIssuing:
		return "开票中"
	case InvoiceIssued:
		return "已开具"
	case InvoiceFailed:
		return "失败"
	case InvoiceRedFlushed:
		return "已冲红"
	case InvoiceCancelled:
		return "已取消"
	}
	return fmt.Sprintf("InvoiceStatus(%d)", int8(s))
}

// CanTransit tells whether the state machine allows s -> to.
func (s InvoiceStatus) CanTransit(to InvoiceStatus) bool {
	for _, n := range invoiceStatusNext[s] {
		if n == to {
			return true
		}
	}
	return false
}

// Final reports whether nothing can follow s.
func (s InvoiceStatus) Final() bool { return s == InvoiceRedFlushed || s == InvoiceCancelled }
