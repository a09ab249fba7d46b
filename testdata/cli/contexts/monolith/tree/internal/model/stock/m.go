package stock

import (
	_ "ex.com/m/pkg/money"
)
