package web

import (
	_ "example.com/m/service"
	_ "example.com/m/domain"
)
