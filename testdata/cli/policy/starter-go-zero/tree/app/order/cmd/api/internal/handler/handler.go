package handler

import (
	_ "example.com/shop/app/order/cmd/api/internal/logic"
)
