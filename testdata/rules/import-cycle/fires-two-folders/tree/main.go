package main

import "example.com/mall/service/order"

func main() {}
