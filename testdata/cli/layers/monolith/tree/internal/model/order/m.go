package order

import (
	_ "ex.com/m/pkg/money"
)
