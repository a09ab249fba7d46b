package clock

import (
	_ "example.com/ferry/internal/booking"
	_ "github.com/acme/sql"
)
