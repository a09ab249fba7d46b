package order

import "example.com/mall/internal/service/price"
