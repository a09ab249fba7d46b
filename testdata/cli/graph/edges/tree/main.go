package main

import (
	"fmt"

	"example.com/shop/internal/order"
)

func main() { fmt.Println(order.Total()) }
