package http

import (
	_ "example.com/shop/internal/order/application"
)
