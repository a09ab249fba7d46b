package roster

import (
	_ "example.com/ferry/booking/desk/screen"
	_ "example.com/ferry/fleet/crew"
)
