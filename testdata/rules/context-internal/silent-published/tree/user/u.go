package user

import (
	_ "example.com/m/user/internal/store"
)
