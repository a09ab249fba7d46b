package checkout

import (
	_ "example.com/shop/services/order"
	_ "example.com/shop/services/payment"
)
