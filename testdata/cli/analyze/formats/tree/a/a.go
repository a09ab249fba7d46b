package a

import (
	"fmt"
	/* 订单 😀 */ "example.com/m/gone"
)

var _ = fmt.Sprint(gone.X)
