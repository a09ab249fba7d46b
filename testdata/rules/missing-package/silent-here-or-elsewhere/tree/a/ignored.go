//go:build ignore

package a

import "example.com/mall/nowhere"
