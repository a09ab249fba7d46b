package store

import (
	_ "example.com/ferry/internal/booking"
	_ "example.com/ferry/internal/fleet/store"
	_ "github.com/acme/sql"
	_ "github.com/acme/sqlite"
)
