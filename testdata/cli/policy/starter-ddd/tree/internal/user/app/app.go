package app

import (
	_ "example.com/shop/internal/user/domain"
	_ "example.com/shop/internal/user/contract"
)
