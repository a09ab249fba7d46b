package client

import (
	_ "example.com/shop/api/v1"
)
