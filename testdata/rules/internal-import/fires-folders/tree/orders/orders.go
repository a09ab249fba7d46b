package orders

import "example.com/mall/order/internal/db"
