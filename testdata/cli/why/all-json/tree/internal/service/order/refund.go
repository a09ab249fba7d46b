package order

import "example.com/mall/internal/dao/order"

func Refund() { order.Save() }
