package shipment

type Status int

const (
	Created Status = iota + 1
	Booked
	PickedUp
	InTransit
	Delivering
	Signed
	Returned
	Cancelled
)

var names = [...]string{"?", "created", "booked", "picked up", "in transit", "delivering", "signed", "returned", "cancelled"}

func (s Status) String() string {
	if s < Created || s > Cancelled {
		return names[0]
	}
	return names[s]
}

func (s Status) Final() bool { return s >= Signed }
