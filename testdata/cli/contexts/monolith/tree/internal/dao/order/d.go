package order

import (
	_ "ex.com/m/internal/model/order"
	_ "gorm.io/gorm"
	_ "ex.com/m/pkg/store"
)
