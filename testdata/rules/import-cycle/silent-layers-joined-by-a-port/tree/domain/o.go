package domain

import (
	_ "example.com/m/port"
)
