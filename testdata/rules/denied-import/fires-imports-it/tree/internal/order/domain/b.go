package domain

import (
	_ "gorm.io/gorm/clause"
	_ "net/http/httptest"
	_ "github.com/redis/go-redis/v9"
	_ "database/sql"
)
