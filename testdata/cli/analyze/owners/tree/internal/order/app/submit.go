package app

import (
	_ "example.com/m/internal/order/domain"
	_ "example.com/m/internal/order/infra/mysql"
)
