package store

import (
	_ "example.com/m/internal/order/infra"
)
