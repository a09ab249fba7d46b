package infrastructure

import (
	_ "example.com/ferry/booking/domain/seat"
	_ "example.com/ferry/fleet/interfaces/rpc"
	_ "example.com/ferry/fleet/domain"
)
