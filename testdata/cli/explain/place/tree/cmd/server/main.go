package main

import "ex.com/m/internal/order/app"

func main() { app.Submit(1) }
