package db

import (
	_ "example.com/m/domain"
	_ "example.com/m/port"
)
