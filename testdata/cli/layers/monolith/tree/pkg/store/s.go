package store

import (
	_ "database/sql"
	_ "ex.com/m/pkg/money"
)
