package cart_test

import (
	_ "example.com/mall/order/cart"
	_ "example.com/mall/order/split"
)
