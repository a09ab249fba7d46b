package app

import (
	_ "example.com/ferry/booking/domain/fare"
	_ "example.com/ferry/fleet/interfaces/rpc"
)
