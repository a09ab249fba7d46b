package server

import (
	_ "example.com/shop/app/order/service/internal/service"
)
