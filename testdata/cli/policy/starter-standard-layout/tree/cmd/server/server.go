package main

import (
	_ "example.com/shop/internal/server"
)

func main() {}
