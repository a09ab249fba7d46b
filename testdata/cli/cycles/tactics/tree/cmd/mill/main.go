package main

import (
	_ "example.com/mill/hooks/back"
	_ "example.com/mill/hub/bran"
)

func main() {}
