package shipping

import "fmt"

// WaybillStatus 运单(旧表)的状态.
type WaybillStatus int8

const (
	WaybillCreated   WaybillStatus = 0 // 已下单
	WaybillPicked    WaybillStatus = 1 // 已揽收
	WaybillInTransit WaybillStatus = 2 // 运输中
	WaybillSigned    WaybillStatus = 3 // 已签收
	WaybillReturned  WaybillStatus = 4 // 退回
	WaybillVoided    WaybillStatus = 9 // 作废
)

var waybillStatusNext = map[WaybillStatus][]WaybillStatus{
	WaybillCreated:   {WaybillPicked, WaybillVoided},
	WaybillPicked:    {WaybillInTransit},
	WaybillInTransit: {WaybillSigned, WaybillReturned},
}

func (s WaybillStatus) String() string {
	switch s {
	case WaybillCreated:
		return "已下单"
	case WaybillPicked:
		return "已揽收"
	case WaybillInTransit:
		return "运输中"
	case WaybillSigned:
		return "已签收"
	case WaybillReturned:
		return "退回"
	case WaybillVoided:
		return "作废"
	}
	return fmt.Sprintf("WaybillStatus(%d)", int8(s))
}

// CanTransit tells whether the state machine allows s -> to.
func (s WaybillStatus) CanTransit(to WaybillStatus) bool {
	for _, n := range waybillStatusNext[s] {
		if n == to {
			return true
		}
	}
	return false
}

// Final reports whether nothing can follow s.
func (s WaybillStatus) Final() bool {
	return s == WaybillSigned || s == WaybillReturned || s == WaybillVoided
}
