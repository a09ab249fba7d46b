// Package topic holds the topic names. Whoever writes one as a literal breaks the rename of next year.
package topic

const (
	OrderCreated     = "shop.order.created"
	OrderPaid        = "shop.order.paid"
	OrderClosed      = "shop.order.closed"
	PaymentSucceeded = "shop.payment.succeeded"
	RefundFinished   = "shop.payment.refund_finished"
	StockChanged     = "shop.inventory.stock_changed"
	WaybillSigned    = "shop.shipping.waybill_signed"
)
