package order_test

import (
	"example.com/shop/internal/dao"
	"example.com/shop/internal/order"
)

func ExampleTotal() { dao.Save(order.Total()) }
