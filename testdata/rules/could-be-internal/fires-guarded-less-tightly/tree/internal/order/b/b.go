package b

import _ "example.com/mall/internal/order/tax"
