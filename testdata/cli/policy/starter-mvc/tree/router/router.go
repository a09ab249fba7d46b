package router

import (
	_ "example.com/shop/app/admin/controller"
)
