package main

import (
	"example.com/abs/port"
	"example.com/abs/store"
)

func main() { port.F(); _ = store.File{} }
