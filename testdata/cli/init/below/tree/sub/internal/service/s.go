package service

import (
	_ "ex.com/m/internal/model"
)
