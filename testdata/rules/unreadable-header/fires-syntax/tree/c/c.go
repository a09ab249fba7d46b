package c

import (
	"fmt"
	os
)
