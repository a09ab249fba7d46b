package warehouse

import (
	"testing"

	invmodel "github.com/acme/shop/internal/model/inventory"
	"github.com/acme/shop/pkg/geo"
)

func TestNearest(t *testing.T) {
	hz := &invmodel.Warehouse{Code: "HZ", Lat: 30.27, Lng: 120.15, Status: invmodel.WarehouseOpen}
	gz := &invmodel.Warehouse{Code: "GZ", Lat: 23.13, Lng: 113.26, Status: invmodel.WarehouseOpen}
	shut := &invmodel.Warehouse{Code: "SH", Lat: 31.23, Lng: 121.47, Status: invmodel.WarehousePaused}
	got := Nearest([]*invmodel.Warehouse{gz, shut, hz}, geo.Point{Lat: 31.2, Lng: 121.4})
	if len(got) != 2 || got[0] != hz {
		t.Fatalf("%v", got)
	}
}
