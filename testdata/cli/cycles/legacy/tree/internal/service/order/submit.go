package order

import (
	"context"
	"example.com/mall/internal/dao/order"
	"example.com/mall/internal/dao/user"
	"example.com/mall/pkg/auth"
)
