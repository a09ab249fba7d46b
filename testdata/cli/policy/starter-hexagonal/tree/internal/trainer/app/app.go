package app

import (
	_ "example.com/shop/internal/trainer/domain"
)
