package domain

import (
	_ "example.com/m/internal/order/domain"
)
