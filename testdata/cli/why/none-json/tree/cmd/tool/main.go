package main

import _ "example.com/mall/internal/domain/price"

func main() {}
