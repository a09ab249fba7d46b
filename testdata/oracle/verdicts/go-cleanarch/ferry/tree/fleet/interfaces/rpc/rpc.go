package rpc

import (
	_ "example.com/ferry/fleet/usecases"
	_ "example.com/ferry/common"
)
