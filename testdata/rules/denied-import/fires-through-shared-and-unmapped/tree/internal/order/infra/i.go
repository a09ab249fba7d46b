package infra

import (
	_ "example.com/m/pkg/store"
)
