package main_test

import _ "example.com/mall/order/gen"
