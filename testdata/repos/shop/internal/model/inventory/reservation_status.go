package inventory

import "fmt"

// ReservationStatus 库存预占的状态.
type ReservationStatus int8

const (
	ReservationHeld      ReservationStatus = 1 // 预占
	ReservationConfirmed ReservationStatus = 2 // 已扣减
	ReservationReleased  ReservationStatus = 3 // 已释放
	ReservationReturned  ReservationStatus = 4 // 已回补
)

var reservationStatusNext = map[ReservationStatus][]ReservationStatus{
	ReservationHeld:      {ReservationConfirmed, ReservationReleased},
	ReservationConfirmed: {ReservationReturned},
}

func (s ReservationStatus) String() string {
	switch s {
	case ReservationHeld:
		return "预占"
	case ReservationConfirmed:
		return "已扣减"
	case ReservationReleased:
		return "已释放"
	case ReservationReturned:
		return "已回补"
	}
	return fmt.Sprintf("ReservationStatus(%d)", int8(s))
}

// CanTransit tells whether the state machine allows s -> to.
func (s ReservationStatus) CanTransit(to ReservationStatus) bool {
	for _, n := range reservationStatusNext[s] {
		if n == to {
			return true
		}
	}
	return false
}

// Final reports whether nothing can follow s.
func (s ReservationStatus) Final() bool { return s == ReservationReleased || s == ReservationReturned }
