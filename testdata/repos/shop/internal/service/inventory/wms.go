package inventory

import (
	"context"
	"io"

	"github.com/acme/shop/internal/legacy/wms/codec"
	"github.com/acme/shop/pkg/errs"
	"github.com/acme/shop/pkg/log"
)

// ApplyWMS books a stock file of the third-party warehouse. The decoder still lives in the legacy tree.
func (s *StockService) ApplyWMS(ctx context.Context, r io.Reader) (int, error) {
	lines, err := codec.Decode(r)
	if err != nil {
		return 0, errs.Wrap(err, errs.InvalidArgument, "wms file")
	}
	n := 0
	for _, l := range lines {
		if l.Delta == 0 {
			continue
		}
		if err := s.change(ctx, l.SkuID, l.WarehouseID, l.Delta, "wms", l.DocNo); err != nil {
			if errs.Is(err, errs.InsufficientStock) {
				log.Warn(ctx, "wms delta", log.String("doc", l.DocNo), log.Err(err))
				continue
			}
			return n, err
		}
		n++
	}
	return n, nil
}
