package db

import (
	_ "example.com/shop/dao"
	_ "example.com/shop/internal/common/log"
)
