package adapters

import (
	_ "example.com/shop/internal/trainer/domain"
)
