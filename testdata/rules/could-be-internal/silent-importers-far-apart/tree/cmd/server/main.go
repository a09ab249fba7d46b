package main

import _ "example.com/mall/order/price"
