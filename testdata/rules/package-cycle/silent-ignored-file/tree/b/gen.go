//go:build ignore

package main

import "example.com/mall/a"
