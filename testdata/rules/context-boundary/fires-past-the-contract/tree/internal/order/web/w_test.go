package web_test

import (
	_ "example.com/m/internal/user/store"
)
