package infra

import (
	_ "example.com/m/internal/order/domain"
)
