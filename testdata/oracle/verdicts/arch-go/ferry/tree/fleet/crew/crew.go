package crew

import (
	_ "net/url"
	_ "example.com/ferry/booking"
)
