package store

import (
	_ "example.com/m/tools/db"
	_ "gorm.io/gorm/clause"
)
