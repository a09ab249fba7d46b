package order

import (
	_ "ex.com/m/internal/dao/order"
	_ "ex.com/m/internal/service/user"
)
