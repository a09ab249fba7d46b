package main

import (
	_ "example.com/shop/internal/adapters/http"
)

func main() {}
