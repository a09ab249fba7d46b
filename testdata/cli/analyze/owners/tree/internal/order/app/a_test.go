package app

import (
	_ "example.com/m/internal/order/infra/mysql"
)
