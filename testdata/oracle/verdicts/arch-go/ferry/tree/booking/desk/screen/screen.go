package screen

import (
	_ "net/http"
	_ "example.com/ferry/booking/desk"
)
