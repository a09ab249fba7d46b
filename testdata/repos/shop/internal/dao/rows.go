package dao

import (
	"context"

	"github.com/acme/shop/pkg/money"
)

// StockRow is a line of the stock report; pkg/excel writes it.
type StockRow struct {
	SkuNo     string
	Barcode   string
	Warehouse string
	Total     int64
	Locked    int64
	Available int64
	Cost      money.Amount
}

// StockRows joins three tables for the report.
func (b *Base) StockRows(ctx context.Context, warehouseID int64) ([]StockRow, error) {
	var rows []StockRow
	err := b.DB(ctx).Raw(`SELECT k.sku_no, k.barcode, w.name AS warehouse, s.total, s.locked, s.available, k.cost_price AS cost
FROM t_stock s JOIN t_sku k ON k.id = s.sku_id JOIN t_warehouse w ON w.id = s.warehouse_id
WHERE s.warehouse_id = ? AND s.deleted_at IS NULL ORDER BY k.sku_no`, warehouseID).Scan(&rows).Error
	return rows, Translate(err, "t_stock")
}
