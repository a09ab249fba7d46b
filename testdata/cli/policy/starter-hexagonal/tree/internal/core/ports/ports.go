package ports

import (
	_ "example.com/shop/internal/core/domain"
)
