package http

import (
	_ "example.com/shop/internal/core/services"
)
