package a

import (
	"example.com/mall/order"
	"github.com/not/here"
	"fmt"
	_ "embed"
)
