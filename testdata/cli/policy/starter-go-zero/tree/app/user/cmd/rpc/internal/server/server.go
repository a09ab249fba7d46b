package server

import (
	_ "example.com/shop/app/user/cmd/rpc/internal/logic"
)
