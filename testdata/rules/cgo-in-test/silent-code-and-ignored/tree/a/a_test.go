//go:build ignore

package a

import "C"
