package order

import (
	_ "example.com/shop/model"
	_ "example.com/shop/dao"
)
