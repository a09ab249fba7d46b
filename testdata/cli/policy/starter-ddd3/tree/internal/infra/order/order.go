package order

import (
	_ "example.com/shop/domain/order"
	_ "example.com/shop/internal/app/order"
)
