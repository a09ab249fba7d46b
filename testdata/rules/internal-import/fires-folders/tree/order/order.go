package order

import "example.com/mall/order/internal/db"
