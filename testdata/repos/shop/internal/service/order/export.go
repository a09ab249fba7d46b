package order

import (
	"context"
	"io"

	orderdto "github.com/acme/shop/internal/dto/order"
	"github.com/acme/shop/internal/job/queue"
	"github.com/acme/shop/pkg/excel"
)

// Export writes at most 50,000 rows, page by page, for the back office.
func (s *Service) Export(ctx context.Context, w io.Writer, req *orderdto.ListOrderReq) (int, error) {
	t := excel.Table{Sheet: "订单", Head: []string{"订单号", "买家", "渠道", "总额", "优惠", "运费", "应付", "状态", "下单时间"}}
	req.Size = 200
	for req.Page = 1; len(t.Rows) < 50000; req.Page++ {
		rows, _, err := s.List(ctx, req)
		if err != nil {
			return 0, err
		}
		for _, o := range rows {
			t.Add(o.OrderNo, o.UserID, o.Channel, o.TotalAmount.String(), o.DiscountAmount.String(), o.FreightAmount.String(), o.PayAmount.String(), o.StatusText, o.CreatedAt)
		}
		if len(rows) < req.Size {
			break
		}
	}
	return len(t.Rows), t.Write(w)
}

// ExportLater is for what takes longer than the gateway waits.
func (s *Service) ExportLater(ctx context.Context, operator int64, req *orderdto.ListOrderReq) error {
	return s.Queue.Now(ctx, queue.KindExport, map[string]any{"what": "orders", "operator": operator, "req": req})
}
