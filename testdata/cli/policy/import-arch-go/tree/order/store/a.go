package store

import _ "github.com/lib/pq"

import _ "example.com/shop/order/domain"
