package app

import (
	_ "example.com/m/internal/payment/contract"
)
