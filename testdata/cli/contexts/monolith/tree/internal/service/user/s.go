package user

import (
	_ "ex.com/m/internal/dao/user"
	_ "ex.com/m/internal/model/user"
)
