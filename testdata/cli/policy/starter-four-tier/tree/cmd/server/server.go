package main

import (
	_ "example.com/shop/gateway/http"
	_ "example.com/shop/adapters/mysql"
)

func main() {}
