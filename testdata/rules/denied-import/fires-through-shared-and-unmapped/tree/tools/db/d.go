package db

import (
	_ "gorm.io/gorm"
	_ "net/http"
)
