package booking

import (
	_ "example.com/ferry/internal/fleet/ship"
	_ "example.com/ferry/internal/money"
	_ "github.com/acme/log"
)
