// Package shipment is the aggregate of one parcel.
package shipment

import (
	"errors"
	"fmt"
	"sort"
	"time"

	"github.com/google/uuid"
)

// ID is given by the application before the shipment is stored.
type ID string

func NewID() ID { return ID(uuid.NewString()) }

// Shipment is created for a paid order, handed to a carrier, and signed or returned.
type Shipment struct {
	id        ID
	orderNo   string
	warehouse int64
	receiver  Receiver
	lines     []Line
	carrier   string
	waybillNo string
	status    Status
	steps     []Step
	version   int
	events    []Event
}

type Receiver struct{ Name, Phone, Address string }

type Line struct {
	SkuID    int64
	Title    string
	Quantity int
}

type Step struct {
	At   time.Time
	Text string
}

var (
	ErrNoLines  = errors.New("shipment: no lines")
	ErrReceiver = errors.New("shipment: incomplete receiver")
	ErrState    = errors.New("shipment: not allowed in this state")
)

// New checks the invariants that hold for the whole life of a shipment.
func New(id ID, orderNo string, warehouse int64, r Receiver, lines []Line) (*Shipment, error) {
	if len(lines) == 0 {
		return nil, ErrNoLines
	}
	if r.Name == "" || r.Phone == "" || r.Address == "" {
		return nil, ErrReceiver
	}
	for _, l := range lines {
		if l.Quantity <= 0 {
			return nil, fmt.Errorf("shipment: quantity %d of %s", l.Quantity, l.Title)
		}
	}
	return &Shipment{id: id, orderNo: orderNo, warehouse: warehouse, receiver: r, lines: append([]Line(nil), lines...), status: Created}, nil
}

// Book is the carrier's acceptance.
func (s *Shipment) Book(carrier, waybillNo string, at time.Time) error {
	if s.status != Created {
		return fmt.Errorf("book: %w: %s", ErrState, s.status)
	}
	s.carrier, s.waybillNo, s.status = carrier, waybillNo, Booked
	s.record(Booking{ID: s.id, OrderNo: s.orderNo, Carrier: carrier, WaybillNo: waybillNo, At: at})
	return nil
}

// Advance adds a step of the carrier; steps may come twice and out of order.
func (s *Shipment) Advance(to Status, step Step) error {
	for _, old := range s.steps {
		if old.At.Equal(step.At) && old.Text == step.Text {
			return nil
		}
	}
	s.steps = append(s.steps, step)
	sort.SliceStable(s.steps, func(i, j int) bool { return s.steps[i].At.Before(s.steps[j].At) })
	if to <= s.status {
		return nil
	}
	if s.status.Final() {
		return fmt.Errorf("advance to %s: %w: %s", to, ErrState, s.status)
	}
	s.status = to
	if to == Signed {
		s.record(Signature{ID: s.id, OrderNo: s.orderNo, WaybillNo: s.waybillNo, Carrier: s.carrier, At: step.At})
	}
	return nil
}

// Cancel is possible until the carrier has picked the parcel up.
func (s *Shipment) Cancel() error {
	if s.status > Booked {
		return fmt.Errorf("cancel: %w: %s", ErrState, s.status)
	}
	s.status = Cancelled
	return nil
}

func (s *Shipment) record(e Event) { s.events = append(s.events, e) }

// Pull returns the recorded events and forgets them.
func (s *Shipment) Pull() []Event {
	es := s.events
	s.events = nil
	return es
}
