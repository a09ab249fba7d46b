// Package excel writes the reports that operations open in WPS.
package excel

import (
	"io"

	"github.com/xuri/excelize/v2"

	"github.com/acme/shop/internal/dao"
)

// WriteStock streams stock rows into a sheet.
func WriteStock(w io.Writer, rows []dao.StockRow) error {
	f := excelize.NewFile()
	defer f.Close()
	sheet := "库存"
	if err := f.SetSheetName("Sheet1", sheet); err != nil {
		return err
	}
	head := []any{"SKU", "条码", "仓库", "实物", "锁定", "可售", "成本(元)"}
	if err := f.SetSheetRow(sheet, "A1", &head); err != nil {
		return err
	}
	for i, r := range rows {
		cell, err := excelize.CoordinatesToCellName(1, i+2)
		if err != nil {
			return err
		}
		line := []any{r.SkuNo, r.Barcode, r.Warehouse, r.Total, r.Locked, r.Available, r.Cost.String()}
		if err := f.SetSheetRow(sheet, cell, &line); err != nil {
			return err
		}
	}
	return f.Write(w)
}
