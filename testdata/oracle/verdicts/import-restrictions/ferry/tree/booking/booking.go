package booking

import (
	_ "net/url"
	_ "example.com/ferry/money"
	_ "example.com/ferry/moneybox"
)
