package app

import _ "example.com/m/order/domain"
