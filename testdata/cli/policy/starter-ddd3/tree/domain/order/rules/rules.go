package rules

import (
	_ "example.com/shop/domain/order"
)
