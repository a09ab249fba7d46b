package domain

import _ "example.com/m/order/app"
