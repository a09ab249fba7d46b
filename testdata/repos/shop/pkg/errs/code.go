// Package errs is the one place where error codes are given out.
package errs

import "net/http"

// Code is stable: the apps switch on it, so numbers are never reused.
type Code int

const (
	OK              Code = 0
	InvalidArgument Code = 40000
	Unauthenticated Code = 40100
	Forbidden       Code = 40300
	NotFound        Code = 40400
	Conflict        Code = 40900
	StateConflict   Code = 40901
	TooManyRequests Code = 42900
	Internal        Code = 50000
	Unavailable     Code = 50300

	InsufficientStock   Code = 61001
	PriceChanged        Code = 61002
	CouponNotApplicable Code = 62001
	CouponExhausted     Code = 62002
	PaymentDeclined     Code = 63001
	RiskRejected        Code = 63002
	AddressUnreachable  Code = 64001
)

var httpStatus = map[Code]int{
	OK:                  http.StatusOK,
	InvalidArgument:     http.StatusBadRequest,
	Unauthenticated:     http.StatusUnauthorized,
	Forbidden:           http.StatusForbidden,
	NotFound:            http.StatusNotFound,
	Conflict:            http.StatusConflict,
	StateConflict:       http.StatusConflict,
	TooManyRequests:     http.StatusTooManyRequests,
	Unavailable:         http.StatusServiceUnavailable,
	InsufficientStock:   http.StatusConflict,
	PriceChanged:        http.StatusConflict,
	CouponNotApplicable: http.StatusUnprocessableEntity,
	CouponExhausted:     http.StatusUnprocessableEntity,
	PaymentDeclined:     http.StatusPaymentRequired,
	RiskRejected:        http.StatusForbidden,
	AddressUnreachable:  http.StatusUnprocessableEntity,
}

// HTTPStatus maps a code to what the client sees on the wire.
func (c Code) HTTPStatus() int {
	if s, ok := httpStatus[c]; ok {
		return s
	}
	return http.StatusInternalServerError
}

// Retryable codes may be tried again by a consumer or a job.
func (c Code) Retryable() bool {
	return c == Unavailable || c == Internal || c == TooManyRequests
}
