package order

import (
	"context"
	"fmt"
	"strconv"

	ordermodel "github.com/acme/shop/internal/model/order"
)

func (s *Service) logf(ctx context.Context, o *ordermodel.Order, operator int64, action, format string, args ...any) error {
	who := "system"
	if operator != 0 {
		who = strconv.FormatInt(operator, 10)
	}
	return s.Logs.Create(ctx, &ordermodel.Log{
		OrderID: o.ID, Operator: who, Action: action, FromStatus: int16(o.Status), ToStatus: int16(o.Status), Detail: fmt.Sprintf(format, args...),
	})
}
