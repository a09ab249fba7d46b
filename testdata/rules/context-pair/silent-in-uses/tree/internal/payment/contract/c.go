package contract

import (
	_ "example.com/m/internal/order/contract"
)
