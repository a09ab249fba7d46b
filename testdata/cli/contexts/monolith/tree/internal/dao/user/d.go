package user

import (
	_ "ex.com/m/internal/model/user"
	_ "gorm.io/gorm"
	_ "ex.com/m/pkg/store"
)
