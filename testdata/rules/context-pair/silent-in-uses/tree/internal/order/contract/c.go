package contract

import (
	_ "example.com/m/internal/user/contract"
)
