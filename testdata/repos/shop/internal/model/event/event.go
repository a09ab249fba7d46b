// Package event is what travels over Kafka. Fields are only added, never renamed.
package event

import "time"

type OrderCreated struct {
	OrderNo   string    `json:"order_no"`
	OrderID   int64     `json:"order_id"`
	UserID    int64     `json:"user_id"`
	PayAmount int64     `json:"pay_amount"`
	Channel   string    `json:"channel"`
	At        time.Time `json:"at"`
}

type OrderPaid struct {
	OrderNo   string    `json:"order_no"`
	OrderID   int64     `json:"order_id"`
	UserID    int64     `json:"user_id"`
	PaymentNo string    `json:"payment_no"`
	Amount    int64     `json:"amount"`
	At        time.Time `json:"at"`
}

type OrderClosed struct {
	OrderNo string    `json:"order_no"`
	OrderID int64     `json:"order_id"`
	UserID  int64     `json:"user_id"`
	Reason  string    `json:"reason"`
	At      time.Time `json:"at"`
}

type PaymentSucceeded struct {
	PaymentNo string    `json:"payment_no"`
	OrderNo   string    `json:"order_no"`
	Channel   string    `json:"channel"`
	Amount    int64     `json:"amount"`
	TradeNo   string    `json:"trade_no"`
	At        time.Time `json:"at"`
}

type RefundFinished struct {
	RefundNo string    `json:"refund_no"`
	OrderNo  string    `json:"order_no"`
	Amount   int64     `json:"amount"`
	OK       bool      `json:"ok"`
	At       time.Time `json:"at"`
}

type StockChanged struct {
	SkuID       int64     `json:"sku_id"`
	WarehouseID int64     `json:"warehouse_id"`
	Available   int64     `json:"available"`
	BizType     string    `json:"biz_type"`
	At          time.Time `json:"at"`
}

type WaybillSigned struct {
	WaybillNo string    `json:"waybill_no"`
	OrderNo   string    `json:"order_no"`
	Carrier   string    `json:"carrier"`
	At        time.Time `json:"at"`
}
