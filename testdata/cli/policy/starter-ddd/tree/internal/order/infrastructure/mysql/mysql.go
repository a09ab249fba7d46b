package mysql

import (
	_ "example.com/shop/internal/order/domain"
)
