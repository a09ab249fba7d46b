package web

import (
	_ "example.com/m/internal/user/contract"
)
