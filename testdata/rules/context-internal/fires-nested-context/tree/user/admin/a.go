package admin

import (
	_ "example.com/m/user"
	_ "example.com/m/user/internal/store"
)
