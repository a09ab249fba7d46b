// Package split cuts an order into parcels.
package split

import (
	"sort"

	ordermodel "github.com/acme/shop/internal/model/order"
)

type Part struct {
	WarehouseID int64
	Items       []*ordermodel.Item
}

// ByWarehouse keeps the order of the items; warehouses come sorted.
func ByWarehouse(items []*ordermodel.Item) []Part {
	idx := map[int64]int{}
	var parts []Part
	for _, it := range items {
		i, ok := idx[it.WarehouseID]
		if !ok {
			i = len(parts)
			idx[it.WarehouseID] = i
			parts = append(parts, Part{WarehouseID: it.WarehouseID})
		}
		parts[i].Items = append(parts[i].Items, it)
	}
	sort.Slice(parts, func(i, j int) bool { return parts[i].WarehouseID < parts[j].WarehouseID })
	return parts
}
