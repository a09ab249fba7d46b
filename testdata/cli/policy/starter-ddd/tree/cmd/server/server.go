package main

import (
	_ "example.com/shop/internal/order/interface/http"
	_ "example.com/shop/internal/order/infrastructure/mysql"
)

func main() {}
