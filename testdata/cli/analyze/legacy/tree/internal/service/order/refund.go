package order

import "example.com/mall/internal/dao/order"
