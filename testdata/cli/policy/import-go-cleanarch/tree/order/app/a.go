package app

import _ "example.com/shop/order/domain"

import _ "example.com/shop/user/app"

import _ "example.com/shop/user/interfaces"
