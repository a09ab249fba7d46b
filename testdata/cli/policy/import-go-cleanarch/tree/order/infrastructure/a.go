package infrastructure

import _ "example.com/shop/user/interfaces"

import _ "example.com/shop/order/app"

import _ "example.com/other/domain/x"
