package order

import "example.com/mall/store"
