package in

import _ "example.com/m/order/app"
