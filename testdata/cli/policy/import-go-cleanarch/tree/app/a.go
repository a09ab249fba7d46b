package app

import _ "example.com/shop/domain"

import _ "example.com/shop/order/app"
