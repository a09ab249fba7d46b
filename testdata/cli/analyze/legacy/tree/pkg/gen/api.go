package gen

import (
	"example.com/mall/api/v1"
	"example.com/mall/api/v2"
	"example.com/mall/api/v3"
	"example.com/mall/api/v4"
	"example.com/mall/api/v5"
)
