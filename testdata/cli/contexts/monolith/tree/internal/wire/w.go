package wire

import (
	_ "ex.com/m/internal/controller/order"
	_ "ex.com/m/internal/controller/user"
	_ "ex.com/m/internal/controller/stock"
)
