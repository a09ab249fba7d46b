//go:build ignore

package main

import _ "ex.com/m/a"

func main() {}
