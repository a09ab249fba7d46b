//go:build ignore

package main

import _ "./b"

func main() {}
