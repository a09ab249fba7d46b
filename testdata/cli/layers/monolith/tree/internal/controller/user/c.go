package user

import (
	_ "ex.com/m/internal/service/user"
)
