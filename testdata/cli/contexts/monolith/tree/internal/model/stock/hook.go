package stock

import (
	_ "ex.com/m/internal/service/order"
)
