package fleet

import (
	_ "example.com/ferry/money"
	_ "example.com/ferry/cmd/flags"
)
