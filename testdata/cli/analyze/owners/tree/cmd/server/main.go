package main

import (
	_ "example.com/m/internal/order/infra/mysql"
)

func main() {}
