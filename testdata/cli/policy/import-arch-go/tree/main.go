package main

import _ "example.com/shop/order/app"
