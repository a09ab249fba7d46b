package money

import (
	_ "example.com/ferry/money/rates"
)
