package money

import (
	_ "example.com/ferry/internal/money/rates"
	_ "fmt"
)
