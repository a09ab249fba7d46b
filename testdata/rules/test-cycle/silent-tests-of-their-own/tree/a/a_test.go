package a_test

import (
	"example.com/mall/a"
	"example.com/mall/kit"
)
