package store

import (
	_ "github.com/acme/sql"
	_ "github.com/acme/sql/types"
	_ "example.com/ferry/fleet"
)
