package http

import (
	_ "example.com/shop/orchestration/checkout"
)
