package mysql

import (
	_ "example.com/m/internal/order/domain"
)
