package warehouse

import (
	"sort"

	invmodel "github.com/acme/shop/internal/model/inventory"
	"github.com/acme/shop/pkg/geo"
)

// Nearest sorts open warehouses by distance, then priority.
func Nearest(ws []*invmodel.Warehouse, to geo.Point) []*invmodel.Warehouse {
	var open []*invmodel.Warehouse
	for _, w := range ws {
		if w.Status == invmodel.WarehouseOpen {
			open = append(open, w)
		}
	}
	km := func(w *invmodel.Warehouse) float64 {
		if to.Zero() {
			return 0
		}
		return geo.KM(geo.Point{Lat: w.Lat, Lng: w.Lng}, to)
	}
	sort.SliceStable(open, func(i, j int) bool {
		a, b := km(open[i]), km(open[j])
		if a != b {
			return a < b
		}
		return open[i].Priority > open[j].Priority
	})
	return open
}
