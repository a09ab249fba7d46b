package mysql

import (
	_ "example.com/m/internal/order/domain"
	_ "example.com/m/internal/order/app"
)
