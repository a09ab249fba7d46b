package order

import _ "example.com/mall/order/price"
