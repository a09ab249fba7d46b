package store

import "gorm.io/gorm"

type Row struct{ gorm.Model }
