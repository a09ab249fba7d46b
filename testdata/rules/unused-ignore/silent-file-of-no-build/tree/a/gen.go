//go:build ignore

package main

//meshctl:ignore internal-import -- not part of any build
import _ "example.com/m/b"
