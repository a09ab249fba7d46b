package main

import (
	_ "example.com/shop/router"
)

func main() {}
