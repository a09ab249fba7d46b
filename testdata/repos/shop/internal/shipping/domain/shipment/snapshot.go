package shipment

// Snapshot is how the aggregate leaves and enters the repository.
type Snapshot struct {
	ID        ID
	OrderNo   string
	Warehouse int64
	Receiver  Receiver
	Lines     []Line
	Carrier   string
	WaybillNo string
	Status    Status
	Steps     []Step
	Version   int
}

func (s *Shipment) Snapshot() Snapshot {
	return Snapshot{ID: s.id, OrderNo: s.orderNo, Warehouse: s.warehouse, Receiver: s.receiver, Lines: append([]Line(nil), s.lines...),
		Carrier: s.carrier, WaybillNo: s.waybillNo, Status: s.status, Steps: append([]Step(nil), s.steps...), Version: s.version}
}

// Restore trusts the repository.
func Restore(n Snapshot) *Shipment {
	return &Shipment{id: n.ID, orderNo: n.OrderNo, warehouse: n.Warehouse, receiver: n.Receiver, lines: n.Lines,
		carrier: n.Carrier, waybillNo: n.WaybillNo, status: n.Status, steps: n.Steps, version: n.Version}
}
