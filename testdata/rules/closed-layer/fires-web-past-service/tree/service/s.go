package service

import (
	_ "example.com/m/domain"
)
