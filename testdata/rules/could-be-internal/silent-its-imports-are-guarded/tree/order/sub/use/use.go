package use

import _ "example.com/mall/order/sub/kit"
