package tools

import _ "example.com/mall/order/price"
