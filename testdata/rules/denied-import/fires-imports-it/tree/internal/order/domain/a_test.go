package domain

import (
	_ "gorm.io/gorm"
)
