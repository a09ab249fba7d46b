package main

import (
	_ "example.com/m/internal/user/store"
	_ "example.com/m/internal/order/app"
)

func main() {}
