package stock

import (
	_ "ex.com/m/internal/model/stock"
	_ "gorm.io/gorm"
	_ "ex.com/m/pkg/store"
)
