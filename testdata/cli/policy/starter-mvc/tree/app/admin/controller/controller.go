package controller

import (
	_ "example.com/shop/internal/service/order"
)
