package infra

import (
	_ "gorm.io/gorm"
	_ "net/http"
)
