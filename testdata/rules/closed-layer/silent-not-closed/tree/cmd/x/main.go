package main

import (
	_ "example.com/m/domain"
)

func main() {}
