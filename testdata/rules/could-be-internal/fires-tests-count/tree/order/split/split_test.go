package split_test

import _ "example.com/mall/order/split"
