package data

import (
	_ "example.com/shop/app/order/service/internal/biz"
	_ "example.com/shop/app/order/service/internal/conf"
)
