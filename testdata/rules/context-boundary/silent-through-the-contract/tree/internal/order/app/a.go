package app

import (
	_ "example.com/m/internal/user/contract/v1"
)
