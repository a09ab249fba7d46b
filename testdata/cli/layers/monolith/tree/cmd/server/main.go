package main

import (
	_ "ex.com/m/internal/wire"
)

func main() {}
