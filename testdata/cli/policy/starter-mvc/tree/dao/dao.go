package dao

import (
	_ "example.com/shop/model"
)
