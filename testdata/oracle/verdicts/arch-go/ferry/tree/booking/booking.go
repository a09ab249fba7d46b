package booking

import (
	_ "fmt"
	_ "example.com/ferry/money"
)
