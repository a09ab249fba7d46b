package order

import (
	"example.com/mall/dao/order"
	"example.com/mall/dao/user"
)
