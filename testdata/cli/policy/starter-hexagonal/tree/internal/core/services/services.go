package services

import (
	_ "example.com/shop/internal/core/domain"
	_ "example.com/shop/internal/core/ports"
)
