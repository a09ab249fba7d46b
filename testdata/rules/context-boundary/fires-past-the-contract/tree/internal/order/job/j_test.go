package job

import (
	_ "example.com/m/internal/user/store"
)
