package desk

import (
	_ "github.com/acme/sql"
)
