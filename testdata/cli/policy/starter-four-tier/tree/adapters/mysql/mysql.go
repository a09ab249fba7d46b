package mysql

import (
	_ "example.com/shop/services/order"
)
