//go:build ignore

package main

import _ "nosuch"

func main() {}
