package user_test

import "example.com/mall/order/internal/db"
