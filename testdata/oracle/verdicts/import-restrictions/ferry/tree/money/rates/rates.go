package rates

import (
	_ "example.com/ferry/moneybox"
	_ "math"
)
