package user

import (
	_ "ex.com/m/pkg/money"
)
