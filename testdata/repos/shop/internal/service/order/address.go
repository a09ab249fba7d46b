package order

import (
	"context"

	"github.com/acme/shop/pkg/errs"
	"github.com/acme/shop/pkg/geo"
)

// ChangeAddress is allowed until the warehouse has the order.
func (s *Service) ChangeAddress(ctx context.Context, userID, orderID, addressID int64) error {
	o, err := s.mine(ctx, userID, orderID)
	if err != nil {
		return err
	}
	if o.Locked() {
		return errs.Newf(errs.StateConflict, "order %s is %s", o.OrderNo, o.Status)
	}
	a, err := s.Addresses.Get(ctx, addressID)
	if err != nil {
		return err
	}
	if !a.OwnedBy(userID) {
		return errs.New(errs.Forbidden, "address")
	}
	if geo.Overseas(a.Country, a.Province) {
		return errs.New(errs.AddressUnreachable, "freight would change")
	}
	err = s.Orders.Updates(ctx, o.ID, map[string]any{
		"address_id": a.ID, "receiver_name": a.Receiver, "receiver_phone": a.Phone, "receiver_addr": a.Full(),
	})
	if err != nil {
		return err
	}
	return s.logf(ctx, o, userID, "address", "%d -> %d", o.AddressID, addressID)
}

// SetRemark is the seller's note; the buyer's one is in the order.
func (s *Service) SetRemark(ctx context.Context, operator, orderID int64, remark string) error {
	o, err := s.Orders.Get(ctx, orderID)
	if err != nil {
		return err
	}
	if len([]rune(remark)) > 200 {
		return errs.New(errs.InvalidArgument, "remark too long")
	}
	return s.logf(ctx, o, operator, "remark", "%s", remark)
}
