//go:build ignore

package main

import "maps"
