package db

import (
	"gorm.io/gorm"
	_ "gorm.io/driver/mysql"
)

func Open() { gorm.Open() }
