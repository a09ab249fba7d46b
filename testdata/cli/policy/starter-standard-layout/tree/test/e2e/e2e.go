package e2e

import (
	_ "example.com/shop/internal/server"
)
