package app

import (
	_ "example.com/m/internal/user/contract"
	_ "example.com/m/internal/user/store"
)
