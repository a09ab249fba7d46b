package main

import "example.com/mall/internal/service/t"

func main() {}
