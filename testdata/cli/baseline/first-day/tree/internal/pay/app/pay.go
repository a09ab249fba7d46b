package app

import (
	_ "example.com/shop/internal/order/infra"
	_ "example.com/shop/internal/pay/domain"
)
