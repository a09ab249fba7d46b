package main

import (
	_ "example.com/ferry/booking/infrastructure"
	_ "example.com/ferry/fleet/interfaces/rpc"
)
