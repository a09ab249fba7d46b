package split

import (
	"testing"

	ordermodel "github.com/acme/shop/internal/model/order"
)

func TestByWarehouse(t *testing.T) {
	parts := ByWarehouse([]*ordermodel.Item{{SkuID: 1, WarehouseID: 9}, {SkuID: 2, WarehouseID: 3}, {SkuID: 3, WarehouseID: 9}})
	if len(parts) != 2 || parts[0].WarehouseID != 3 || len(parts[1].Items) != 2 {
		t.Fatalf("%+v", parts)
	}
}
