package order

import (
	"example.com/mall/internal/dao/order"
	. "example.com/mall/internal/domain/price"
)

func Submit() { order.Save(); Total() }
