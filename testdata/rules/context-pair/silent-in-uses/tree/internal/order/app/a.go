package app

import (
	_ "example.com/m/internal/order/contract"
)
