package order

import (
	"context"

	ordermodel "github.com/acme/shop/internal/model/order"
	"github.com/acme/shop/internal/service/order/split"
	"github.com/acme/shop/internal/shipping/contract"
)

// shipments asks the shipping context for one shipment per warehouse.
func (s *Service) shipments(ctx context.Context, o *ordermodel.Order, items []*ordermodel.Item) ([]string, error) {
	var nos []string
	for _, part := range split.ByWarehouse(items) {
		p := contract.Parcel{OrderNo: o.OrderNo, WarehouseID: part.WarehouseID, Receiver: o.ReceiverName, Phone: o.ReceiverPhone, Address: o.ReceiverAddr}
		for _, it := range part.Items {
			p.Lines = append(p.Lines, contract.Line{SkuID: it.SkuID, Title: it.Title, Quantity: int(it.Quantity)})
		}
		no, err := s.Shipping.Create(ctx, p)
		if err != nil {
			return nos, err
		}
		nos = append(nos, no)
	}
	return nos, nil
}
