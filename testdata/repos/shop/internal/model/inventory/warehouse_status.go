package inventory

import "fmt"

// WarehouseStatus 仓库的状态.
type WarehouseStatus int8

const (
	WarehouseBuilding WarehouseStatus = 0 // 筹建
	WarehouseOpen     WarehouseStatus = 1 // 营业
	WarehousePaused   WarehouseStatus = 2 // 停用
	WarehouseClosed   WarehouseStatus = 3 // 关闭
)

var warehouseStatusNext = map[WarehouseStatus][]WarehouseStatus{
	WarehouseBuilding: {WarehouseOpen},
	WarehouseOpen:     {WarehousePaused, WarehouseClosed},
	WarehousePaused:   {WarehouseOpen, WarehouseClosed},
}

func (s WarehouseStatus) String() string {
	switch s {
	case WarehouseBuilding:
		return "筹建"
	case WarehouseOpen:
		return "营业"
	case WarehousePaused:
		return "停用"
	case WarehouseClosed:
		return "关闭"
	}
	return fmt.Sprintf("WarehouseStatus(%d)", int8(s))
}

// CanTransit tells whether the state machine allows s -> to.
func (s WarehouseStatus) CanTransit(to WarehouseStatus) bool {
	for _, n := range warehouseStatusNext[s] {
		if n == to {
			return true
		}
	}
	return false
}

// Final reports whether nothing can follow s.
func (s WarehouseStatus) Final() bool { return s == WarehouseClosed }
