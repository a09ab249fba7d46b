package main

import (
	"example.com/mall/internal/router"
)

func main() { router.Run() }
