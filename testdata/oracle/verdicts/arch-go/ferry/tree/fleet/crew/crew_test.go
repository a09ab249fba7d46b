package crew

import (
	_ "example.com/ferry/booking/desk"
)
