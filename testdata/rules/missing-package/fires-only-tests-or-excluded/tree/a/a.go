package a

import (
	"example.com/mall/t"
	"example.com/mall/x"
)
