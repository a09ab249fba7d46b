package stock

import (
	_ "ex.com/m/internal/dao/stock"
	_ "ex.com/m/internal/model/stock"
)
