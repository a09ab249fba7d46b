package main

import _ "x.org/m/internal/order/app"

func main() {}
