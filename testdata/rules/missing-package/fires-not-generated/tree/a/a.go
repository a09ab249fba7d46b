package a

import (
	"fmt"
	"example.com/mall/api/orderpb"
)
