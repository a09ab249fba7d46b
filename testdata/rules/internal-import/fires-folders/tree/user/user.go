package user

import "example.com/mall/order/internal/db"
