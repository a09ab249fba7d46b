package main

import (
	_ "example.com/shop/internal/infra/order"
)

func main() {}
