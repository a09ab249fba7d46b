package logic

import (
	_ "example.com/shop/app/order/cmd/api/internal/svc"
	_ "example.com/shop/app/order/cmd/api/internal/types"
	_ "example.com/shop/app/order/model"
)
