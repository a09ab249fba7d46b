package mysql

import (
	"encoding/json"
	"fmt"

	"github.com/acme/shop/internal/shipping/domain/shipment"
)

func toRow(n shipment.Snapshot) (*row, error) {
	recv, err := json.Marshal(n.Receiver)
	if err != nil {
		return nil, err
	}
	lines, err := json.Marshal(n.Lines)
	if err != nil {
		return nil, err
	}
	steps, err := json.Marshal(n.Steps)
	if err != nil {
		return nil, err
	}
	return &row{ID: string(n.ID), OrderNo: n.OrderNo, Warehouse: n.Warehouse, Receiver: string(recv), Lines: string(lines),
		Carrier: n.Carrier, WaybillNo: n.WaybillNo, Status: int(n.Status), Steps: string(steps), Version: n.Version}, nil
}

func fromRow(r row) (*shipment.Shipment, error) {
	n := shipment.Snapshot{ID: shipment.ID(r.ID), OrderNo: r.OrderNo, Warehouse: r.Warehouse, Carrier: r.Carrier, WaybillNo: r.WaybillNo, Status: shipment.Status(r.Status), Version: r.Version}
	for _, f := range []struct {
		text string
		to   any
	}{{r.Receiver, &n.Receiver}, {r.Lines, &n.Lines}, {r.Steps, &n.Steps}} {
		if f.text == "" {
			continue
		}
		if err := json.Unmarshal([]byte(f.text), f.to); err != nil {
			return nil, fmt.Errorf("t_shipment %s: %w", r.ID, err)
		}
	}
	return shipment.Restore(n), nil
}
