package log

import _ "example.com/shop/internal/store"

import _ "gorm.io/gorm"
