package domain

import (
	_ "example.com/m/pkg/store"
	_ "example.com/m/pkg/log"
)
