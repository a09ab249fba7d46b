// Package assembler translates between the contract and the domain.
package assembler

import (
	"sort"

	"github.com/acme/shop/internal/shipping/contract"
	"github.com/acme/shop/internal/shipping/domain/shipment"
)

func ToShipment(p contract.Parcel) (*shipment.Shipment, error) {
	lines := make([]shipment.Line, 0, len(p.Lines))
	for _, l := range p.Lines {
		lines = append(lines, shipment.Line{SkuID: l.SkuID, Title: l.Title, Quantity: l.Quantity})
	}
	return shipment.New(shipment.NewID(), p.OrderNo, p.WarehouseID, shipment.Receiver{Name: p.Receiver, Phone: p.Phone, Address: p.Address}, lines)
}

// Steps merges parcels by time and names the carrier when there are several.
func Steps(all []*shipment.Shipment) []contract.Step {
	var out []contract.Step
	for _, s := range all {
		n := s.Snapshot()
		for _, st := range n.Steps {
			text := st.Text
			if len(all) > 1 {
				text = "[" + n.Carrier + "] " + text
			}
			out = append(out, contract.Step{At: st.At, Text: text})
		}
	}
	sort.SliceStable(out, func(i, j int) bool { return out[i].At.After(out[j].At) })
	return out
}
