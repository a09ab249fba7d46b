package domain

import (
	_ "example.com/m/internal/user/infra"
)
