package router

import (
	"example.com/mall/internal/service/order"
	"example.com/mall/internal/service/user"
)
