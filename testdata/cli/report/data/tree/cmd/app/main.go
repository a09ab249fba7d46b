package main

import _ "example.com/m/internal/service"

func main() {}
