package mysql

import (
	_ "example.com/shop/internal/core/domain"
)
