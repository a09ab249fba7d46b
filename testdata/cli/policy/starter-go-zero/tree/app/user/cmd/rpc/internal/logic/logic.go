package logic

import (
	_ "example.com/shop/app/user/cmd/rpc/internal/svc"
)
