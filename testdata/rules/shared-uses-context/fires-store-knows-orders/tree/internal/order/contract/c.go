package contract

import (
	_ "example.com/m/pkg/log"
)
