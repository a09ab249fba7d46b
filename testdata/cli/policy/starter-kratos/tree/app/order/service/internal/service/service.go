package service

import (
	_ "example.com/shop/app/order/service/internal/biz"
	_ "example.com/shop/api/order/v1"
)
