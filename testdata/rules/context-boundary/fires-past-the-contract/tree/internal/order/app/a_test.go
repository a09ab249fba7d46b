package app

import (
	_ "example.com/m/internal/user/store"
)
