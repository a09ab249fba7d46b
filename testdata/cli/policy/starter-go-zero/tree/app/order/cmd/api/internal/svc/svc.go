package svc

import (
	_ "example.com/shop/app/order/cmd/api/internal/config"
	_ "example.com/shop/app/order/model"
)
