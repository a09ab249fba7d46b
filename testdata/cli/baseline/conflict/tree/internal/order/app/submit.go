package app

import (
	_ "example.com/shop/internal/order/domain"
	_ "example.com/shop/internal/order/infra"
)
