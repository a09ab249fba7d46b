package testkit

import "example.com/mall/order"
