package desk

import (
	_ "os"
	_ "example.com/ferry/booking"
	_ "example.com/ferry/fleet/ship"
)
