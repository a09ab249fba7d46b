package domain

import _ "example.com/shop/order/app"

import _ "example.com/shop/common/log"
