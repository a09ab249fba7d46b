package main

import "example.com/mall/internal/x"

func main() {}
