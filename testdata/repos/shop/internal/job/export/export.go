// Package export handles the exports that took too long for the gateway.
package export

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"

	orderdto "github.com/acme/shop/internal/dto/order"
	"github.com/acme/shop/internal/job"
	"github.com/acme/shop/internal/service/notify"
	ordersvc "github.com/acme/shop/internal/service/order"
	"github.com/acme/shop/pkg/errs"
	"github.com/acme/shop/pkg/idgen"
	"github.com/acme/shop/pkg/storage"
)

type payload struct {
	What     string                `json:"what"`
	Operator int64                 `json:"operator"`
	Req      orderdto.ListOrderReq `json:"req"`
}

func New(orders *ordersvc.Service, out storage.Store, n *notify.Service) job.Handler {
	return func(ctx context.Context, raw json.RawMessage) error {
		var p payload
		if err := json.Unmarshal(raw, &p); err != nil {
			return err
		}
		if p.What != "orders" {
			return errs.Newf(errs.InvalidArgument, "export of %q", p.What)
		}
		var buf bytes.Buffer
		rows, err := orders.Export(ctx, &buf, &p.Req)
		if err != nil {
			return err
		}
		url, err := out.Put(ctx, fmt.Sprintf("export/orders-%d.xlsx", idgen.Next()), &buf)
		if err != nil {
			return err
		}
		n.Staff(ctx, "ops", fmt.Sprintf("导出完成，共 %d 行：%s", rows, url))
		return nil
	}
}
