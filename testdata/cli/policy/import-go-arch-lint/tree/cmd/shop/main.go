package main

import _ "example.com/shop/internal/order/app"

import _ "github.com/lib/pq"
