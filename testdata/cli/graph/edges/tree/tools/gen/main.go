package main

import (
	"example.com/shop/internal/model"
	"example.com/shop/tools/gen/names"
)

func main() { model.Sum(names.All()) }
