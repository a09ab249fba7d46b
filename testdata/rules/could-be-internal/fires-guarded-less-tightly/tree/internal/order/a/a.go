package a

import _ "example.com/mall/internal/order/tax"
