package order

import (
	_ "ex.com/m/internal/service/order"
)
