package contract

import (
	_ "example.com/m/pkg/log"
	_ "example.com/m/pkg/store"
)
