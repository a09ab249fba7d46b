package main

import (
	_ "example.com/shop/app/order/service/internal/server"
)

func main() {}
