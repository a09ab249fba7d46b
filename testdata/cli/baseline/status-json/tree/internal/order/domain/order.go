package domain

import (
	_ "example.com/shop/internal/order/infra"
)
