package seats

import (
	_ "example.com/ferry/internal/booking"
	_ "example.com/ferry/internal/booking/store"
	_ "github.com/acme/sql/driver"
)
