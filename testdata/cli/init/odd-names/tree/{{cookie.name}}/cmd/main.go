package main

import _ "example.com/m/b"

func main() {}
