package order

import _ "example.com/mall/order/price"

import _ "example.com/mall/order/internal/price"
