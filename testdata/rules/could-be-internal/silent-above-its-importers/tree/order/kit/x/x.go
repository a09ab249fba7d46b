package x

import _ "example.com/mall/order/kit"
