package ports

import (
	_ "example.com/shop/internal/trainer/app"
)
