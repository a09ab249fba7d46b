package order

import (
	_ "example.com/shop/domain/order"
	_ "example.com/shop/domain/user"
)
