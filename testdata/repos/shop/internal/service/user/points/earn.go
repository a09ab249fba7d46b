package points

import (
	"context"

	userdto "github.com/acme/shop/internal/dto/user"
	ordermodel "github.com/acme/shop/internal/model/order"
	"github.com/acme/shop/internal/model/order/enum"
	"github.com/acme/shop/internal/service/order/stat"
	"github.com/acme/shop/pkg/errs"
)

// Earn books the points of finished orders. It reads the order context's growth rule.
func (s *Service) Earn(ctx context.Context, o *ordermodel.Order) error {
	if o.Status != enum.OrderFinished {
		return errs.Newf(errs.StateConflict, "order %s is %s", o.OrderNo, o.Status)
	}
	req := &userdto.CreatePointsFlowReq{UserID: o.UserID, Delta: stat.Growth(o), Reason: "order", BizNo: o.OrderNo}
	_, err := s.Create(ctx, o.UserID, req)
	if errs.Is(err, errs.Conflict) {
		return nil
	}
	return err
}
