package report

import (
	"bytes"
	"context"
	"fmt"

	"github.com/acme/shop/pkg/excel"
	"github.com/acme/shop/pkg/timex"
)

// Stock exports a warehouse.
func (s *Service) Stock(ctx context.Context, warehouseID int64) (string, error) {
	rows, err := s.base.StockRows(ctx, warehouseID)
	if err != nil {
		return "", err
	}
	var buf bytes.Buffer
	if err := excel.WriteStock(&buf, rows); err != nil {
		return "", err
	}
	return s.out.Put(ctx, fmt.Sprintf("report/stock-%d-%s.xlsx", warehouseID, timex.Date(timex.Now())), &buf)
}
