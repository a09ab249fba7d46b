package crew

import (
	_ "example.com/ferry/money/rates"
	_ "example.com/ferry/fleet"
	_ "example.com/ferry/test/data"
)
