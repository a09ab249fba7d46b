package server

import (
	_ "example.com/shop/api/v1"
	_ "example.com/shop/pkg/client"
)
