package desk

import (
	_ "net/http"
	_ "example.com/ferry/booking"
	_ "example.com/ferry/fleet"
	_ "example.com/ferry/cmd/flags"
)
