// Package a.
package a // a

import (
)

import `fmt`; import "os"
