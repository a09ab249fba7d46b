package store

import (
	_ "example.com/ferry/internal/fleet/ship"
	_ "github.com/acme/sql/driver"
)
