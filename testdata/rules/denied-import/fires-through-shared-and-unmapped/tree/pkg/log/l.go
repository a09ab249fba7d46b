package log

import (
	_ "example.com/m/pkg/store"
	_ "github.com/redis/go-redis/v9"
)
