// Package contract is the only package of shipping that other contexts may import.
//
// domain: shipping
package contract

import (
	"context"
	"time"
)

// Freight quotes.
type Freight interface {
	Quote(ctx context.Context, req QuoteRequest) (Quote, error)
}

// Shipments creates parcels and tells where they are.
type Shipments interface {
	Create(ctx context.Context, p Parcel) (waybillNo string, err error)
	Track(ctx context.Context, orderNo string) ([]Step, error)
}

type QuoteRequest struct {
	Country, Province, City string
	WeightGram              int64
	GoodsCents              int64
	Express                 bool
}

type Quote struct {
	Carrier string
	Cents   int64
	Days    int
}

type Parcel struct {
	OrderNo     string
	WarehouseID int64
	Receiver    string
	Phone       string
	Address     string
	Lines       []Line
}

type Line struct {
	SkuID    int64
	Title    string
	Quantity int
}

type Step struct {
	At   time.Time
	Text string
}
