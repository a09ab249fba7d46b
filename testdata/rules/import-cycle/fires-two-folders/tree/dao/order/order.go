package order

import "example.com/mall/service/price"
