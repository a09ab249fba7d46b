package price_test

import _ "example.com/mall/order/price"
