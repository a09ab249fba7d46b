package shipment

import "time"

// Event is what others may learn about a shipment.
type Event interface{ Name() string }

type Booking struct {
	ID                          ID
	OrderNo, Carrier, WaybillNo string
	At                          time.Time
}

func (Booking) Name() string { return "shipment.booked" }

type Signature struct {
	ID                          ID
	OrderNo, WaybillNo, Carrier string
	At                          time.Time
}

func (Signature) Name() string { return "shipment.signed" }
