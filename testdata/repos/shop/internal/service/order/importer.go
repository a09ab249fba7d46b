package order

import (
	"context"
	"io"
	"strconv"

	ordermodel "github.com/acme/shop/internal/model/order"
	"github.com/acme/shop/internal/model/order/enum"
	"github.com/acme/shop/pkg/errs"
	"github.com/acme/shop/pkg/excel"
	"github.com/acme/shop/pkg/idgen"
	"github.com/acme/shop/pkg/log"
	"github.com/acme/shop/pkg/money"
	"github.com/acme/shop/pkg/ptr"
	"github.com/acme/shop/pkg/timex"
)

// Import reads the file of the shops that sell on other platforms (天猫、京东订单导入).
func (s *Service) Import(ctx context.Context, operator int64, r io.Reader) (ok, bad int, err error) {
	rows, err := excel.Read(r, "")
	if err != nil {
		return 0, 0, errs.Wrap(err, errs.InvalidArgument, "file")
	}
	for i, row := range rows {
		o, items, err := fromRow(row)
		if err != nil {
			bad++
			log.Warn(ctx, "import row", log.Int("row", i+2), log.Err(err))
			continue
		}
		err = s.Base.Tx(ctx, func(ctx context.Context) error {
			if err := s.Orders.Create(ctx, o); err != nil {
				return err
			}
			for _, it := range items {
				it.OrderID = o.ID
				if err := s.Items.Create(ctx, it); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			if errs.Is(err, errs.Conflict) {
				continue
			}
			return ok, bad, err
		}
		ok++
	}
	s.Audit.Record(ctx, "order.import", operator, 0, map[string]any{"ok": ok, "bad": bad})
	return ok, bad, nil
}

func fromRow(row map[string]string) (*ordermodel.Order, []*ordermodel.Item, error) {
	no := row["平台单号"]
	if no == "" {
		return nil, nil, errs.New(errs.InvalidArgument, "no number")
	}
	pay, err := money.Parse(row["实付金额"])
	if err != nil {
		return nil, nil, err
	}
	qty, err := strconv.Atoi(row["数量"])
	if err != nil || qty <= 0 {
		return nil, nil, errs.Newf(errs.InvalidArgument, "quantity %q", row["数量"])
	}
	sku, err := strconv.ParseInt(row["SKU"], 10, 64)
	if err != nil {
		return nil, nil, err
	}
	o := &ordermodel.Order{ID: idgen.Next(), OrderNo: "EX" + no, Channel: row["平台"], TotalAmount: pay, PayAmount: pay, ReceiverName: row["收货人"],
		ReceiverPhone: row["电话"], ReceiverAddr: row["地址"], Status: enum.OrderPaid, PaidAt: ptr.To(timex.Now())}
	it := &ordermodel.Item{SkuID: sku, Title: row["商品"], Quantity: int32(qty), PayAmount: pay, UnitPrice: pay / money.Amount(qty)}
	return o, []*ordermodel.Item{it}, nil
}
