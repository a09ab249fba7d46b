package e2e

import _ "example.com/mall/order/price"
