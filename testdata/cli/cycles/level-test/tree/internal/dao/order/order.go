package order

import "example.com/mall/internal/model/order"
